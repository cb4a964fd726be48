package io.pyserver.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.RunNamespaces;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.k3s.Kubectl;

/**
 * The Job of {@code k8s/lab} on a throw-away cluster, with the image just built, until
 * closed. It is applied and looked at as docs/lab.md says.
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

	/** Its lines, when it has ended. */
	List<String> log() {
		this.kubectl.run("wait", "-n", NAMESPACE, "--for=jsonpath={.status.ready}=1", "job/lab", "--timeout=2m");
		return this.kubectl.run("logs", "-f", "-n", NAMESPACE, "job/lab").stdout().lines().toList();
	}

	/** How it ended, once the API server says that. */
	JobStatus status() {
		Condition.holdsWithin(Limits.ALL.restarted(), () -> !now().getConditions().isEmpty());
		return now();
	}

	private JobStatus now() {
		return this.cluster.client().batch().v1().jobs().inNamespace(NAMESPACE).withName("lab").get().getStatus();
	}

	/** That of the ConfigMap that it leaves. */
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

	/** The namespaces of its experiments that are still there. */
	List<String> namespaces() {
		return this.cluster.client()
			.namespaces()
			.withLabel(RunNamespaces.LABEL)
			.list()
			.getItems()
			.stream()
			.filter((each) -> !each.getMetadata()
				.getLabels()
				.get(RunNamespaces.LABEL)
				.equals(this.cluster.namespaces().run()))
			.map((each) -> each.getMetadata().getName())
			.toList();
	}

	@Override
	public void close() {
		this.kubectl.run("delete", "-k", this.manifests, "--wait=false");
	}

}
