package io.pyserver.fire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Sleeper;

/**
 * A pod that keeps a Service under load, beside it in its namespace.
 *
 * @param group where the Service {@code pyserver} is
 */
record ServiceLoad(PodGroup group) {

	private static final String POD = "load";

	/** Starts it, and waits until it runs. */
	void start(String node, int requestsPerSecond) throws IOException {
		String service = this.group.cluster()
			.client()
			.services()
			.inNamespace(this.group.namespace())
			.withName("pyserver")
			.get()
			.getSpec()
			.getClusterIP();
		ConfigMap program = new ConfigMapBuilder().withNewMetadata()
			.withName(POD)
			.withNamespace(this.group.namespace())
			.endMetadata()
			.addToBinaryData("load.jar", Base64.getEncoder().encodeToString(jar(NewConnections.class, Probes.class)))
			.build();
		Pod pod = new PodBuilder(new Sleeper(this.group).companion(POD, node)).editSpec()
			.editFirstContainer()
			.withCommand("/opt/java/bin/java", "-XX:+UseSerialGC", "-Xmx32m", "-cp", "/load/load.jar",
					NewConnections.class.getName(), service, "80", String.valueOf(requestsPerSecond))
			.addNewVolumeMount()
			.withName(POD)
			.withMountPath("/load")
			.endVolumeMount()
			.endContainer()
			.addNewVolume()
			.withName(POD)
			.withNewConfigMap()
			.withName(POD)
			.endConfigMap()
			.endVolume()
			.endSpec()
			.build();
		this.group.apply(List.<HasMetadata>of(program, pod));
		this.group.awaitReady(Duration.ofMinutes(1), List.of(POD));
	}

	/** What it has counted, not older than a second. */
	Count count() {
		String last = this.group.printed(POD).lines().reduce("", (_, line) -> line);
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
