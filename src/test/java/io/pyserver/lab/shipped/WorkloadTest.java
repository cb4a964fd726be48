package io.pyserver.lab.shipped;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The base as it is deployed without kustomize. */
class WorkloadTest {

	@Test
	void allThatTheKustomizationListsIsThereInItsOrder() {
		assertThat(Workload.base()).extracting(HasMetadata::getKind)
			.containsExactly("Namespace", "Deployment", "Service", "PodDisruptionBudget");
	}

}
