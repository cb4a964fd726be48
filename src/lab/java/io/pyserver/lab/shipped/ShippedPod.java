package io.pyserver.lab.shipped;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;

/**
 * The pod of the shipped Deployment, by itself, with another mechanism for its probes. It
 * has no limit on its processor: many of them start at once.
 *
 * @param template the Deployment's
 */
public record ShippedPod(PodTemplateSpec template) {

	private static final int FIRST_TCP_PORT = 9101;

	/** A page for each kind, which tells it from the others also by the log alone. */
	private static final Map<Kind, String> PAGES = Map.of(Kind.STARTUP, "/?startup", Kind.LIVENESS, "/", Kind.READINESS,
			"/version");

	public static ShippedPod read() {
		return new ShippedPod(new ManifestFile("base/deployment.yaml").as(Deployment.class).getSpec().getTemplate());
	}

	/** The name of the pod that is probed by this mechanism. */
	public static String name(Mechanism mechanism) {
		return "pyserver-" + mechanism.label().toLowerCase(Locale.ROOT);
	}

	/** What an HTTP probe asks for. */
	public static String page(Kind kind) {
		return PAGES.get(kind);
	}

	/** The port that a TCP probe connects to. */
	public static int tcpPort(Kind kind) {
		return FIRST_TCP_PORT + kind.ordinal();
	}

	/** What an exec probe asks for, which tells it from everything else in the log. */
	public static String execTarget(Kind kind) {
		return ((kind == Kind.READINESS) ? "/version" : "/") + "?exec=" + kind.label();
	}

	/** Whether a container has a probe of a kind, and by this mechanism. */
	public static boolean isProbed(Container container, Kind kind, Mechanism mechanism) {
		Probe probe = probe(container, kind);
		return probe != null && null != switch (mechanism) {
			case HTTP_GET -> probe.getHttpGet();
			case TCP_SOCKET -> probe.getTcpSocket();
			case EXEC -> probe.getExec();
			case GRPC -> probe.getGrpc();
		};
	}

	/** After how many failures in a row the kubelet acts; 3 where nothing says so. */
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
	 * The pod, ready to be applied.
	 * @param mechanism that of its probes
	 */
	public Pod on(Cluster cluster, String namespace, String name, String node, Mechanism mechanism,
			LabSettings settings) {
		Pod pod = new PodBuilder().withNewMetadata()
			.withName(name)
			.withNamespace(namespace)
			.withLabels(this.template.getMetadata().getLabels())
			.addToLabels(cluster.namespaces().label())
			.endMetadata()
			.withNewSpecLike(this.template.getSpec())
			.withTopologySpreadConstraints(List.of())
			.endSpec()
			.build();
		Node.pin(pod.getSpec(), List.of(node));
		Container container = UnderTest.container(pod);
		container.setImage(cluster.image());
		container.setImagePullPolicy(cluster.imagePullPolicy());
		container.getResources().getLimits().remove("cpu");
		container.getResources().getRequests().put("cpu", new Quantity("10m"));
		// No Service leads to it, so nobody has to hear of its end first.
		container.setLifecycle(null);
		container.getEnv().add(new EnvVar("PYSERVER_GRPC_HEALTH", "true", null));
		container.getEnv().add(new EnvVar("PYSERVER_TCP_PROBES", tcpPorts(), null));
		container.setStartupProbe(startup(container.getLivenessProbe()));
		for (Kind kind : Kind.values()) {
			change(Objects.requireNonNull(probe(container, kind)), mechanism, kind, settings);
		}
		return pod;
	}

	/** A container like the one under test that runs a script beside or before it. */
	public static Container beside(Pod pod, String name, String script) {
		return new ContainerBuilder(UnderTest.container(pod)).withName(name)
			.withCommand("sh", "-c", script)
			.withPorts(List.of())
			.withEnv(List.of())
			.withStartupProbe(null)
			.withLivenessProbe(null)
			.withReadinessProbe(null)
			.build();
	}

	/** The shipped manifest has none: it is its liveness probe, with patience. */
	private static Probe startup(Probe liveness) {
		Probe startup = new ProbeBuilder(liveness).withFailureThreshold(120).build();
		startup.getHttpGet().setPath(page(Kind.STARTUP));
		startup.getHttpGet()
			.getHttpHeaders()
			.stream()
			.filter((header) -> header.getName().equals("Probe"))
			.forEach((header) -> header.setValue(Kind.STARTUP.label()));
		return startup;
	}

	private static void change(Probe probe, Mechanism mechanism, Kind kind, LabSettings settings) {
		probe.setPeriodSeconds((int) settings.period(mechanism).toSeconds());
		probe.setInitialDelaySeconds(null);
		if (mechanism == Mechanism.HTTP_GET) {
			return;
		}
		probe.setHttpGet(null);
		switch (mechanism) {
			case TCP_SOCKET -> probe.setTcpSocket(new TCPSocketAction(null, new IntOrString(tcpPort(kind))));
			case GRPC -> probe.setGrpc(new GRPCAction(null, 80, kind.label()));
			default -> {
				probe.setExec(new ExecAction(
						List.of("wget", "-q", "-O", "/dev/null", "http://127.0.0.1" + execTarget(kind))));
				if (kind != Kind.STARTUP) {
					probe.setFailureThreshold(2);
				}
			}
		}
	}

	private static String tcpPorts() {
		return Arrays.stream(Kind.values())
			.map((kind) -> kind.label() + "=" + tcpPort(kind))
			.collect(Collectors.joining(","));
	}

}
