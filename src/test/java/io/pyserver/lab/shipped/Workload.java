package io.pyserver.lab.shipped;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.pyserver.lab.cluster.ApiServer;
import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.Kubectl;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Pod;
import io.pyserver.lab.cluster.PodShell;
import io.pyserver.lab.cluster.PortForward;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Turns;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/** The shipped Deployment, running in a namespace of a cluster. */
public final class Workload {

	private final Kubectl kubectl;

	private final ApiServer api;

	private final String namespace;

	private Workload(Cluster cluster, String namespace) {
		this.kubectl = cluster.kubectl();
		this.api = cluster.api();
		this.namespace = namespace;
	}

	/** Deploys, and waits until every replica is ready. */
	public static Workload deploy(Cluster cluster, Overlay overlay) {
		Kubectl kubectl = cluster.kubectl();
		Workload workload = new Workload(cluster, overlay.namespace());
		try (Turns.Turn _ = cluster.starts().take()) {
			kubectl.run("apply", "-k", kubectl.take(overlay.write()) + "/overlay");
			workload.awaitReady();
		}
		return workload;
	}

	public void awaitReady() {
		await("the pods of namespace " + this.namespace + " are ready").atMost(LabSettings.current().ready())
			.pollInterval(Duration.ofMillis(500))
			.ignoreExceptionsInstanceOf(IllegalStateException.class)
			.until(() -> {
				JsonNode deployment = this.api
					.get("/apis/apps/v1/namespaces/" + this.namespace + "/deployments/pyserver");
				return deployment.path("status").path("readyReplicas").asInt(0) == deployment.path("spec")
					.path("replicas")
					.asInt();
			});
	}

	/**
	 * Removes the workload and its namespace, without waiting for the last of it to be
	 * gone. With {@code lab.keep} they stay.
	 */
	public void remove() {
		if (LabSettings.current().keep().keepsRun()) {
			return;
		}
		this.kubectl.run("delete", "namespace", this.namespace, "--wait=false");
	}

	public String namespace() {
		return this.namespace;
	}

	public List<Pod> pods() {
		return this.api.get("/api/v1/namespaces/" + this.namespace + "/pods?labelSelector=app%3Dpyserver")
			.path("items")
			.valueStream()
			.map(Pod::of)
			.toList();
	}

	/**
	 * All that the pod's running container has printed, each line with its time in front.
	 */
	public String log(Pod pod) {
		return this.api.log(this.namespace, pod.name());
	}

	/** The pod as it is now. */
	public Pod again(Pod pod) {
		return pods().stream().filter((now) -> now.name().equals(pod.name())).findFirst().orElseThrow();
	}

	public Shell shell(Pod pod) {
		return new PodShell(this.api, this.namespace, pod.name());
	}

	public PortForward forward(Pod pod) {
		return PortForward.to(this.kubectl, pod);
	}

	public List<LogLine> accessLog(Pod pod) {
		return LogLine.parseAll(log(pod));
	}

	/** When the pod last logged a request, by its own node's clock. */
	public Instant lastRequest(Pod pod) {
		return accessLog(pod).getLast().time();
	}

	public PodHealth health(Pod pod) {
		return new PodHealth(pod.restarts(),
				unhealthyEvents(pod).valueStream().mapToInt((event) -> event.path("count").asInt(1)).sum());
	}

	private JsonNode unhealthyEvents(Pod pod) {
		return this.api
			.get("/api/v1/namespaces/" + this.namespace
					+ "/events?fieldSelector=reason%3DUnhealthy,involvedObject.name%3D" + pod.name())
			.path("items");
	}

	/** Asks for a page from inside the pod, over a new connection. */
	public Fetch fetchFrom(Pod pod, String url) {
		return Fetch.byWget(exec(pod, Fetch.wgetWithin(url)));
	}

	/** Asks for a page from inside the pod, pretending to be the kubelet's probe. */
	public Fetch forgeProbeFrom(Pod pod, String url) {
		return Fetch.byWget(exec(pod, Fetch.wgetWithin(url, "--header", "Probe: liveness", "-U", "kube-probe/1.34")));
	}

	/** What the kubelet said of failed probes of the pod. */
	public List<String> unhealthyMessages(Pod pod) {
		return unhealthyEvents(pod).valueStream().map((event) -> event.path("message").asString()).toList();
	}

	private Output exec(Pod pod, List<String> command) {
		return shell(pod).run(command);
	}

}
