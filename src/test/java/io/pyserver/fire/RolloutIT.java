package io.pyserver.fire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.pyserver.lab.ClusterTest;
import io.pyserver.lab.cluster.K3sCluster;
import io.pyserver.lab.cluster.Kubectl;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Pod;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.shipped.Overlay;
import io.pyserver.lab.shipped.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pods come and go under a constant load of new connections through the Service. Nobody
 * notices: no request fails, no probe, and who has to go goes as a success.
 */
@ClusterTest(throwAway = true)
@Isolated("it counts failures of everything, and others' pods take the processor")
class RolloutIT {

	private static final int REQUESTS_PER_SECOND = 500;

	/** For each way in which pods come and go. */
	private static final long REQUESTS = Long.getLong("fire.requests", 5_000);

	/** Keeps a pod that has ended in sight, until its exit code is read. */
	private static final String FINALIZER = "io.pyserver.lab/ending";

	private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);

	@Test
	void nothingIsLostWhilePodsComeAndGo(K3sCluster cluster) throws Exception {
		String namespace = cluster.namespaces().name("rollout");
		Kubectl kubectl = cluster.kubectl().in(namespace);
		Workload workload = Workload.deploy(cluster, new Overlay(namespace, cluster, null));
		List<Node> nodes = cluster.nodes();
		ServiceLoad load = new ServiceLoad(cluster, namespace);
		load.start(nodes.getFirst().name(), REQUESTS_PER_SECOND);
		Coming coming = new Coming(cluster, kubectl, workload, load);

		coming.andGoing("rolling update", 2, () -> kubectl.run("rollout", "restart", "deployment/pyserver"));
		coming.andGoing("deletion of a pod", 2,
				() -> kubectl.run("delete", "pod", workload.pods().getFirst().name(), "--wait=false"));
		String drained = nodes.getLast().name();
		coming.andGoing("drain of node " + drained, 2, () -> kubectl.run("drain", drained, "--ignore-daemonsets",
				"--delete-emptydir-data", "--pod-selector=app=pyserver,pod-template-hash"));
		kubectl.run("uncordon", drained);
		coming.andGoing("scaling down", 1, () -> kubectl.run("scale", "deployment/pyserver", "--replicas=1"));

		assertThat(KubeletEvents.of(cluster.api(), namespace).unhealthy().events()).as("Unhealthy events").isEmpty();
		workload.remove();
	}

	/**
	 * What is done to the workload while it is under load.
	 */
	private record Coming(K3sCluster cluster, Kubectl kubectl, Workload workload, ServiceLoad load) {

		void andGoing(String how, int replicas, Runnable command) {
			List<String> before = this.workload.pods().stream().map(Pod::name).toList();
			before.forEach((pod) -> setFinalizers(pod, "\"" + FINALIZER + "\""));
			long sent = this.load.count().sent();
			Map<String, Integer> exitCodes = new TreeMap<>();
			CompletableFuture<Void> done = CompletableFuture.runAsync(command);
			await(how + " is over").atMost(SETTLED_WITHIN).pollInterval(Duration.ofMillis(500)).until(() -> {
				if (done.isCompletedExceptionally()) {
					done.join();
				}
				List<JsonNode> pods = pods();
				pods.forEach((pod) -> noteEnd(pod, exitCodes));
				return done.isDone() && !exitCodes.isEmpty() && isSettled(pods, replicas)
						&& this.load.count().sent() > sent + REQUESTS;
			});
			pods().forEach((pod) -> setFinalizers(pod.at("/metadata/name").asString(), ""));
			assertThat(exitCodes.values()).as("exit codes after %s", how).containsOnly(0);
			ServiceLoad.Count count = this.load.count();
			assertThat(count.failed())
				.as("requests that failed by the end of %s, of %d, the last %s", how, count.sent(), count.lastFailure())
				.isZero();
		}

		private List<JsonNode> pods() {
			return this.cluster.api()
				.get("/api/v1/namespaces/" + this.workload.namespace() + "/pods?labelSelector=app%3Dpyserver")
				.path("items")
				.valueStream()
				.toList();
		}

		private static boolean isSettled(List<JsonNode> pods, int replicas) {
			return pods.size() == replicas && pods.stream().allMatch((pod) -> PodGroup.isReady(pod) && !isGoing(pod));
		}

		private static boolean isGoing(JsonNode pod) {
			return pod.at("/metadata/deletionTimestamp").isString();
		}

		private void noteEnd(JsonNode pod, Map<String, Integer> exitCodes) {
			JsonNode end = PodGroup.status(pod).at("/state/terminated");
			String name = pod.at("/metadata/name").asString();
			if (isGoing(pod) && end.isObject() && exitCodes.put(name, end.path("exitCode").asInt()) == null) {
				setFinalizers(name, "");
			}
		}

		private void setFinalizers(String pod, String finalizers) {
			this.kubectl.attempt("patch", "pod", pod, "--type=merge", "-p",
					"{\"metadata\":{\"finalizers\":[" + finalizers + "]}}");
		}

	}

}
