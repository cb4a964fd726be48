package io.pyserver.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.lab.cluster.ClusterRun;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.k3s.K3sCluster;

/**
 * The Job of {@code k8s/lab} on a throw-away cluster, with the image just built, until
 * closed. The commands are those of docs/lab.md.
 *
 * @param manifests the folder of its manifests, where kubectl runs
 */
record LabJob(K3sCluster cluster, String manifests) implements AutoCloseable {

	private static final Path ARCHIVE = Path.of("target/lab-image.tar");

	private static final String NAMESPACE = "pyserver-lab";

	static LabJob apply(K3sCluster cluster) {
		if (!Files.exists(ARCHIVE)) {
			throw new AssertionError("there is no " + ARCHIVE + "; the build's output says why");
		}
		cluster.k3s().load(ARCHIVE);
		LabJob job = new LabJob(cluster, cluster.k3s().copy(Path.of("k8s")) + "/lab");
		job.kubectl("apply", "-k", job.manifests);
		return job;
	}

	/** The lines of its log, when it has ended. */
	List<String> log() {
		kubectl("wait", "-n", NAMESPACE, "--for=jsonpath={.status.ready}=1", "job/lab", "--timeout=2m");
		return kubectl("logs", "-f", "-n", NAMESPACE, "job/lab").lines().toList();
	}

	/**
	 * How many of its pods succeeded or failed, as soon as a condition holds.
	 * @param condition {@code Complete} or {@code Failed}: other conditions come before
	 * the counts are complete
	 * @param count {@code succeeded} or {@code failed}
	 */
	String pods(String condition, String count) {
		kubectl("wait", "-n", NAMESPACE, "--for=condition=" + condition, "job/lab",
				"--timeout=%ds".formatted(Limits.ALL.restarted().toSeconds()));
		return kubectl("get", "-n", NAMESPACE, "job/lab", "-o=jsonpath={.status.%s}".formatted(count));
	}

	/** The report in the ConfigMap that it leaves. */
	JsonNode report() throws IOException {
		String packed = this.cluster.client()
			.configMaps()
			.inNamespace(NAMESPACE)
			.withName("report")
			.get()
			.getBinaryData()
			.get("report.json.gz");
		try (GZIPInputStream json = new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
			return JsonMapper.shared().readTree(json);
		}
	}

	/** The names of its experiments' namespaces that are still there. */
	List<String> namespaces() throws IOException {
		String first = report().at("/cells/0/subject/namespace").asString();
		String run = first.substring(ClusterRun.PREFIX.length()).split("-")[0];
		return kubectl("get", "namespaces", "-o=name", "--selector=%s=%s".formatted(ClusterRun.LABEL, run)).lines()
			.toList();
	}

	@Override
	public void close() {
		kubectl("delete", "-k", this.manifests, "--wait=false");
	}

	private String kubectl(String... arguments) {
		return this.cluster.k3s().kubectl(arguments).stdout();
	}

}
