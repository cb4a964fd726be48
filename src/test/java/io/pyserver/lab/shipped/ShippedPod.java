package io.pyserver.lab.shipped;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Kubectl;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.RunNamespaces;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pod of the shipped Deployment, by itself, with another mechanism for its probes. It
 * has no limit on its processor: many of them start at once.
 *
 * @param template the Deployment's
 */
public record ShippedPod(JsonNode template) {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int FIRST_TCP_PORT = 9101;

	private static final Map<Kind, String> PAGES = Map.of(Kind.STARTUP, "/", Kind.LIVENESS, "/", Kind.READINESS,
			"/version");

	public static ShippedPod read(Kubectl kubectl) {
		String shipped = kubectl.take(Path.of("k8s")) + "/base/deployment.yaml";
		return new ShippedPod(kubectl.json("create", "--dry-run=client", "-f", shipped).at("/spec/template"));
	}

	/** The name of the pod that is probed by this mechanism. */
	public static String name(Mechanism mechanism) {
		return "pyserver-" + mechanism.label().toLowerCase(Locale.ROOT);
	}

	/** What an exec probe asks for, which tells it from everything else in the log. */
	public static String execTarget(Kind kind) {
		return PAGES.get(kind) + "?exec=" + kind.label();
	}

	/**
	 * The pod, ready to be applied.
	 * @param mechanism that of its probes, or null for none of them
	 */
	public JsonNode on(Cluster cluster, String namespace, String name, String node, @Nullable Mechanism mechanism,
			LabSettings settings) {
		ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
		ObjectNode metadata = pod.putObject("metadata").put("name", name).put("namespace", namespace);
		metadata.set("labels", this.template.at("/metadata/labels").deepCopy());
		metadata.withObject("labels").put(RunNamespaces.LABEL, cluster.namespaces().run());
		ObjectNode spec = (ObjectNode) pod.set("spec", this.template.path("spec").deepCopy()).path("spec");
		spec.remove("topologySpreadConstraints");
		spec.putObject("nodeSelector").put("kubernetes.io/hostname", node);
		ObjectNode container = (ObjectNode) PodGroup.container(pod);
		container.put("image", cluster.image()).put("imagePullPolicy", cluster.imagePullPolicy());
		((ObjectNode) container.at("/resources/limits")).remove("cpu");
		((ObjectNode) container.at("/resources/requests")).put("cpu", "10m");
		// No Service leads to it, so nobody has to hear of its end first.
		container.remove("lifecycle");
		JsonNode liveness = container.path("livenessProbe");
		if (mechanism == null) {
			container.remove("livenessProbe");
			container.remove("readinessProbe");
			return pod;
		}
		container.withArray("env").addObject().put("name", "PYSERVER_GRPC_HEALTH").put("value", "true");
		container.withArray("env").addObject().put("name", "PYSERVER_TCP_PROBES").put("value", tcpPorts());
		if (liveness.isObject()) {
			container.set("startupProbe", startup((ObjectNode) liveness.deepCopy()));
		}
		for (Kind kind : Kind.values()) {
			if (container.path(kind.label() + "Probe") instanceof ObjectNode probe) {
				change(probe, mechanism, kind, settings);
			}
		}
		return pod;
	}

	/** The shipped manifest has none: it is its liveness probe, with patience. */
	private static ObjectNode startup(ObjectNode liveness) {
		liveness.put("failureThreshold", 120);
		liveness.at("/httpGet/httpHeaders")
			.valueStream()
			.filter((header) -> header.path("name").asString().equals("Probe"))
			.forEach((header) -> ((ObjectNode) header).put("value", Kind.STARTUP.label()));
		return liveness;
	}

	private static void change(ObjectNode probe, Mechanism mechanism, Kind kind, LabSettings settings) {
		probe.put("periodSeconds", settings.period(mechanism).toSeconds());
		probe.remove("initialDelaySeconds");
		if (mechanism == Mechanism.HTTP_GET) {
			return;
		}
		if (mechanism == Mechanism.EXEC && kind != Kind.STARTUP) {
			probe.put("failureThreshold", 2);
		}
		probe.remove("httpGet");
		ObjectNode handler = probe.putObject(mechanism.label());
		switch (mechanism) {
			case TCP_SOCKET -> handler.put("port", FIRST_TCP_PORT + kind.ordinal());
			case GRPC -> handler.put("port", 80).put("service", kind.label());
			default -> handler.putArray("command")
				.add("wget")
				.add("-q")
				.add("-O")
				.add("/dev/null")
				.add("http://127.0.0.1" + execTarget(kind));
		}
	}

	private static String tcpPorts() {
		StringBuilder ports = new StringBuilder();
		for (Kind kind : Kind.values()) {
			ports.append(ports.isEmpty() ? "" : ",")
				.append(kind.label())
				.append('=')
				.append(FIRST_TCP_PORT + kind.ordinal());
		}
		return ports.toString();
	}

}
