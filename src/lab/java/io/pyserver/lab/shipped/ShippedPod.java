package io.pyserver.lab.shipped;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;

/**
 * The pod of the shipped Deployment as an experiment starts it: alone, on one node, with
 * probes of one mechanism, and without a CPU limit, because many pods start at once.
 */
public final class ShippedPod {

	private static final int FIRST_TCP_PORT = 9101;

	/** The page of each kind differs, so that the request alone tells the kind. */
	private static final Map<Kind, String> PAGES = Map.of(Kind.STARTUP, "/?startup", Kind.LIVENESS, "/", Kind.READINESS,
			"/version");

	private ShippedPod() {
	}

	/** The name of the pod with probes of a mechanism. */
	public static String name(Mechanism mechanism) {
		return "pyserver-" + mechanism.label().toLowerCase(Locale.ROOT);
	}

	/** The request of a probe, as the access log of the service shows it. */
	public static String request(Mechanism mechanism, Kind kind) {
		return switch (mechanism) {
			case HTTP_GET -> "GET " + PAGES.get(kind);
			case TCP_SOCKET -> "TCP :" + tcpPort(kind);
			case EXEC -> "GET " + execTarget(kind);
			case GRPC -> "POST /grpc.health.v1.Health/Check";
		};
	}

	private static int tcpPort(Kind kind) {
		return FIRST_TCP_PORT + kind.ordinal();
	}

	private static String execTarget(Kind kind) {
		return ((kind == Kind.READINESS) ? "/version" : "/") + "?exec=" + kind.label();
	}

	/** Whether a container has a probe of a kind and a mechanism. */
	public static boolean isProbed(Container container, Kind kind, Mechanism mechanism) {
		Probe probe = probe(container, kind);
		return probe != null && null != switch (mechanism) {
			case HTTP_GET -> probe.getHttpGet();
			case TCP_SOCKET -> probe.getTcpSocket();
			case EXEC -> probe.getExec();
			case GRPC -> probe.getGrpc();
		};
	}

	/** After how many failures in a row the kubelet acts; Kubernetes' default is 3. */
	public static int failureThreshold(Container container, Kind kind) {
		Probe probe = probe(container, kind);
		return (probe != null && probe.getFailureThreshold() != null) ? probe.getFailureThreshold() : 3;
	}

	private static @Nullable Probe probe(Container container, Kind kind) {
		return switch (kind) {
			case STARTUP -> container.getStartupProbe();
			case LIVENESS -> container.getLivenessProbe();
			case READINESS -> container.getReadinessProbe();
		};
	}

	/**
	 * The pod as it is applied.
	 * @param mechanism the mechanism of its probes
	 */
	public static Pod on(Cluster cluster, String namespace, String name, String node, Mechanism mechanism,
			LabSettings settings) {
		PodTemplateSpec template = Workload.manifest("base/deployment.yaml", Deployment.class).getSpec().getTemplate();
		Pod pod = new PodBuilder().withNewMetadata()
			.withName(name)
			.withNamespace(namespace)
			.withLabels(template.getMetadata().getLabels())
			.addToLabels(cluster.run().label())
			.endMetadata()
			.withNewSpecLike(template.getSpec())
			.withTopologySpreadConstraints(List.of())
			.endSpec()
			.build();
		Node.pin(pod.getSpec(), List.of(node));
		Container container = ContainerUnderTest.container(pod);
		container.setImage(cluster.image());
		container.setImagePullPolicy(cluster.imagePullPolicy());
		container.getResources().getLimits().remove("cpu");
		container.getResources().getRequests().put("cpu", new Quantity("10m"));
		// The shipped hook waits for Services, and none leads to this pod.
		container.setLifecycle(null);
		String tcpPorts = Arrays.stream(Kind.values())
			.map((kind) -> kind.label() + "=" + tcpPort(kind))
			.collect(Collectors.joining(","));
		container.getEnv().add(new EnvVar("PYSERVER_GRPC_HEALTH", "true", null));
		container.getEnv().add(new EnvVar("PYSERVER_TCP_PROBES", tcpPorts, null));
		Duration period = settings.period(mechanism);
		Probe liveness = container.getLivenessProbe();
		container.setStartupProbe(changed(startup(liveness), mechanism, Kind.STARTUP, period));
		container.setLivenessProbe(changed(liveness, mechanism, Kind.LIVENESS, period));
		container.setReadinessProbe(changed(container.getReadinessProbe(), mechanism, Kind.READINESS, period));
		return pod;
	}

	/** A container like the one under test that runs a script instead of the service. */
	public static Container beside(Pod pod, String name, String script) {
		return new ContainerBuilder(ContainerUnderTest.container(pod)).withName(name)
			.withCommand("sh", "-c", script)
			.withPorts(List.of())
			.withEnv(List.of())
			.withStartupProbe(null)
			.withLivenessProbe(null)
			.withReadinessProbe(null)
			.build();
	}

	/** The liveness probe with more time: the Deployment has no startup probe. */
	private static Probe startup(Probe liveness) {
		return new ProbeBuilder(liveness).withFailureThreshold(120)
			.editHttpGet()
			.withPath(PAGES.get(Kind.STARTUP))
			.editMatchingHttpHeader((header) -> header.getName().equals("Probe"))
			.withValue(Kind.STARTUP.label())
			.endHttpHeader()
			.endHttpGet()
			.build();
	}

	private static Probe changed(Probe shipped, Mechanism mechanism, Kind kind, Duration period) {
		ProbeBuilder probe = new ProbeBuilder(shipped).withPeriodSeconds((int) period.toSeconds())
			.withInitialDelaySeconds(null);
		if (mechanism != Mechanism.HTTP_GET) {
			probe.withHttpGet(null);
		}
		if (mechanism == Mechanism.EXEC && kind != Kind.STARTUP) {
			probe.withFailureThreshold(2);
		}
		return switch (mechanism) {
			case HTTP_GET -> probe.build();
			case TCP_SOCKET -> probe.withNewTcpSocket().withPort(new IntOrString(tcpPort(kind))).endTcpSocket().build();
			case GRPC -> probe.withNewGrpc().withPort(80).withService(kind.label()).endGrpc().build();
			case EXEC -> probe.withNewExec()
				.withCommand("wget", "-q", "-O", "/dev/null", "http://127.0.0.1" + execTarget(kind))
				.endExec()
				.build();
		};
	}

}
