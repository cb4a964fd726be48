package io.pyserver.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.RunNamespaces;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.k3s.Kubectl;

/**
 * The Job of {@code k8s/lab} on a throw-away cluster, with the image just built, until
 * closed. The commands are those of docs/lab.md.
 */
record LabJob(K3sCluster cluster, Kubectl kubectl, String manifests) implements AutoCloseable {

	private static final Path ARCHIVE = Path.of("target/lab-image.tar");

	private static final String NAMESPACE = "pyserver-lab";

	static LabJob apply(K3sCluster cluster) {
		if (!Files.exists(ARCHIVE)) {
			throw new AssertionError("there is no " + ARCHIVE + "; the build's output says why");
		}
		cluster.load(ARCHIVE);
		Kubectl kubectl = cluster.kubectl();
		String manifests = kubectl.take(Path.of("k8s")) + "/lab";
		kubectl.run("apply", "-k", manifests);
		return new LabJob(cluster, kubectl, manifests);
	}

	/** The lines of its log, when it has ended. */
	List<String> log() {
		this.kubectl.run("wait", "-n", NAMESPACE, "--for=jsonpath={.status.ready}=1", "job/lab", "--timeout=2m");
		return this.kubectl.run("logs", "-f", "-n", NAMESPACE, "job/lab").stdout().lines().toList();
	}

	/** How it ended, as soon as the API server reports that. */
	JobStatus status() {
		return this.cluster.client()
			.batch()
			.v1()
			.jobs()
			.inNamespace(NAMESPACE)
			.withName("lab")
			.waitUntilCondition((job) -> job != null && hasEnded(job.getStatus()), Limits.ALL.restarted().toSeconds(),
					TimeUnit.SECONDS)
			.getStatus();
	}

	/** Other conditions come before the counts of its pods are complete. */
	private static boolean hasEnded(JobStatus status) {
		return status.getConditions()
			.stream()
			.anyMatch((condition) -> List.of("Complete", "Failed").contains(condition.getType()));
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
		String run = first.substring(RunNamespaces.PREFIX.length()).split("-")[0];
		return this.cluster.client()
			.namespaces()
			.withLabel(RunNamespaces.LABEL, run)
			.list()
			.getItems()
			.stream()
			.map((namespace) -> namespace.getMetadata().getName())
			.toList();
	}

	@Override
	public void close() {
		this.kubectl.run("delete", "-k", this.manifests, "--wait=false");
	}

}
