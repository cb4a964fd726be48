package io.pyserver.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests as they are shipped, judged by an API server that enforces Pod Security
 * Standard restricted.
 */
@ClusterTest
class ShippedManifestsIT {

	@Test
	void theGkeOverlayIsAcceptedWithoutWarning(Cluster cluster) {
		Kubectl kubectl = cluster.kubectl();
		String k8s = kubectl.take(Path.of("k8s"));
		kubectl.run("apply", "-f", k8s + "/base/namespace.yaml");
		Output dryRun = kubectl.run("apply", "-k", k8s + "/overlays/gke", "--dry-run=server");
		assertThat(dryRun.stdout()).contains("deployment.apps/pyserver");
		assertThat(dryRun.stderr()).isEmpty();
	}

	@Test
	void thePodsRunTheImageJustBuilt(Cluster cluster) throws IOException {
		Workload workload = Workload.deploy(cluster, new Overlay("shipped", cluster.image(), Experiment.PERIOD));
		String image = imageJustBuilt();
		assertThat(workload.pods()).hasSize(2).allSatisfy((pod) -> {
			assertThat(pod.ready()).isTrue();
			assertThat(pod.restarts()).isZero();
			assertThat(pod.image()).endsWith(image);
		});
	}

	private static String imageJustBuilt() throws IOException {
		return Files.readString(Path.of("target/jib-image.id"));
	}

}
