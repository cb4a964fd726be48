package io.pyserver.fire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Manifest;
import io.pyserver.lab.cluster.PodGroup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod that keeps a Service under load, beside it in its namespace.
 *
 * @param cluster where it runs
 * @param namespace of the Service {@code pyserver} and of the pod
 */
record ServiceLoad(Cluster cluster, String namespace) {

	private static final String POD = "load";

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Starts it, and waits until it runs. */
	void start(String node, int requestsPerSecond) throws IOException {
		String service = this.cluster.api()
			.get("/api/v1/namespaces/" + this.namespace + "/services/pyserver")
			.at("/spec/clusterIP")
			.asString();
		ObjectNode pod = Manifest.companion(this.cluster, this.namespace, POD, node);
		ObjectNode container = (ObjectNode) PodGroup.container(pod);
		container.set("command", JSON.valueToTree(List.of("/opt/java/bin/java", "-XX:+UseSerialGC", "-Xmx32m", "-cp",
				"/load/load.jar", NewConnections.class.getName(), service, "80", String.valueOf(requestsPerSecond))));
		container.set("volumeMounts", JSON.valueToTree(List.of(Map.of("name", POD, "mountPath", "/load"))));
		pod.withObject("/spec")
			.set("volumes", JSON.valueToTree(List.of(Map.of("name", POD, "configMap", Map.of("name", POD)))));
		JsonNode program = JSON.valueToTree(Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata",
				Map.of("name", POD, "namespace", this.namespace), "binaryData",
				Map.of("load.jar", Base64.getEncoder().encodeToString(jar(NewConnections.class, Probes.class)))));
		PodGroup group = new PodGroup(this.cluster, this.namespace);
		group.apply(POD, List.of(program, pod));
		group.awaitReady(Duration.ofMinutes(1), List.of(POD));
	}

	/** What it has counted, not older than a second. */
	Count count() {
		String last = this.cluster.api().log(this.namespace, POD).lines().reduce("", (_, line) -> line);
		String[] words = last.split(" ", 4);
		return (words.length < 4) ? new Count(0, 0, "")
				: new Count(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
	}

	private static byte[] jar(Class<?>... types) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JarOutputStream jar = new JarOutputStream(bytes)) {
			for (Class<?> type : types) {
				String file = type.getName().replace('.', '/') + ".class";
				jar.putNextEntry(new JarEntry(file));
				try (InputStream code = type.getClassLoader().getResourceAsStream(file)) {
					code.transferTo(jar);
				}
			}
		}
		return bytes.toByteArray();
	}

	/**
	 * Requests since the start.
	 *
	 * @param sent all of them that have ended
	 * @param failed of those, without a 200: refused, reset, or late by 5 s
	 * @param lastFailure when and how
	 */
	record Count(long sent, long failed, String lastFailure) {
	}

}
