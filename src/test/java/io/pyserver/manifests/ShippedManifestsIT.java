package io.pyserver.manifests;

import io.pyserver.lab.k3s.ClusterTest;
import java.nio.file.Path;
import java.util.List;

import io.fabric8.kubernetes.api.model.Quantity;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.k3s.K3sNodes;
import io.pyserver.lab.cluster.Shell.Output;
import io.pyserver.lab.shipped.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The manifests as they are shipped, judged by an API server that enforces Pod Security
 * Standard restricted.
 */
@ClusterTest(throwAway = true)
@ResourceLock("namespace pyserver")
class ShippedManifestsIT {

	@Test
	void theOverlaysAreAcceptedWithoutWarning(K3sCluster cluster) {
		K3sNodes k3s = cluster.k3s();
		String k8s = k3s.copy(Path.of("k8s"));
		k3s.kubectl("apply", "-f", k8s + "/base/namespace.yaml");
		for (String overlay : List.of("gke", "locked-down")) {
			Output dryRun = k3s.kubectl("apply", "-k", k8s + "/overlays/" + overlay, "--dry-run=server");
			assertThat(dryRun.stdout()).as(overlay).contains("deployment.apps/pyserver");
			assertThat(dryRun.stderr().lines()).as(overlay).noneMatch((line) -> line.startsWith("Warning"));
		}
	}

	@Test
	void theNamespaceRefusesAPodThatIsNotRestricted(K3sCluster cluster) {
		K3sNodes k3s = cluster.k3s();
		k3s.kubectl("apply", "-f", k3s.copy(Path.of("k8s")) + "/base/namespace.yaml");
		assertThatIllegalStateException()
			.isThrownBy(() -> k3s.kubectl("run", "root", "-n", "pyserver", "--image=pyserver", "--privileged",
					"--dry-run=server"))
			.withMessageContaining("violates PodSecurity \"restricted");
	}

	@Test
	void thePoliciesGetTheNamespaceOfTheWorkload(K3sCluster cluster) {
		K3sNodes k3s = cluster.k3s();
		String k8s = k3s.copy(Path.of("k8s"));
		for (String policy : List.of("default-deny-ingress", "default-deny-egress", "allow-metrics", "allow-dns",
				"allow-from-label", "allow-to-pyserver")) {
			assertThat(k3s.kubectl("kustomize", k8s + "/components/" + policy).stdout()).contains("name: " + policy)
				.contains("namespace: pyserver");
		}
	}

	@Test
	void thePodsBecomeReadyWithoutARestartAtAQuarterOfACore(K3sCluster cluster) {
		Workload workload = Workload.deploy(cluster, "shipped", null);
		await("both pods are seen to be ready")
			.until(() -> workload.group().pods().values().stream().filter(ContainerUnderTest::isReady).count() == 2);
		assertThat(workload.group().pods()).hasSize(2).allSatisfy((name, pod) -> {
			assertThat(ContainerUnderTest.restarts(pod)).isZero();
			assertThat(ContainerUnderTest.container(pod).getResources().getLimits()).containsEntry("cpu",
					new Quantity("250m"));
			assertThat(cluster.imageIdentity().isNamedBy(ContainerUnderTest.image(pod)))
				.as(ContainerUnderTest.image(pod))
				.isTrue();
			assertThat(workload.group().printed(name)).contains("app.aot is in use");
		});
		workload.remove();
	}

}
