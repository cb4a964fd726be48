package io.pyserver.lab.shipped;

import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;

import static org.assertj.core.api.Assertions.assertThat;

/** What the lab makes of the shipped manifests. */
class ShippedManifestsTest {

	@Test
	void theObjectsOfTheKustomizationAreDeployedInItsOrder() {
		assertThat(Workload.base()).extracting(HasMetadata::getKind)
			.containsExactly("Namespace", "Deployment", "Service", "PodDisruptionBudget");
	}

	@ParameterizedTest
	@EnumSource
	void allProbesOfAPodAreOfOneMechanism(Mechanism mechanism) {
		Container container = ContainerUnderTest.container(pod(mechanism));
		for (Kind kind : Kind.values()) {
			for (Mechanism each : Mechanism.values()) {
				assertThat(ShippedPod.isProbed(container, kind, each)).as("%s by %s", kind, each)
					.isEqualTo(each == mechanism);
			}
		}
	}

	@Test
	void eachProbeNamesItsKind() {
		Container container = ContainerUnderTest.container(pod(Mechanism.HTTP_GET));
		assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
			.extracting((probe) -> probe.getHttpGet().getHttpHeaders().getFirst().getValue())
			.containsExactly("startup", "liveness", "readiness");
	}

	@Test
	void aPodRunsOnItsNodeWithTheRunsLabelAndWithoutACpuLimit() {
		Pod pod = pod(Mechanism.HTTP_GET);
		assertThat(pod.getSpec()
			.getAffinity()
			.getNodeAffinity()
			.getRequiredDuringSchedulingIgnoredDuringExecution()
			.getNodeSelectorTerms()).flatExtracting(NodeSelectorTerm::getMatchExpressions)
			.containsExactly(new NodeSelectorRequirement("kubernetes.io/hostname", "In", List.of("one")));
		assertThat(pod.getMetadata().getLabels()).containsKeys("app", "io.pyserver.lab");
		assertThat(ContainerUnderTest.container(pod).getResources().getLimits()).containsOnlyKeys("memory");
		assertThat(ContainerUnderTest.container(pod).getImage()).isEqualTo("pyserver:1.0");
	}

	private Pod pod(Mechanism mechanism) {
		try (FakeCluster cluster = FakeCluster.start()) {
			return ShippedPod.on(cluster, "lab", "a", "one", mechanism, LabSettings.current());
		}
	}

}
