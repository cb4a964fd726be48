package io.pyserver.lab;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

import io.pyserver.ThoroughTest;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.k3s.K3sCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Job with the rights of {@code k8s/lab} alone gives the same answer about its
 * cluster as the matrix.
 */
@ThoroughTest
@ClusterTest(throwAway = true)
@Order(5)
@ResourceLock(MatrixIT.ALL_CELLS)
class LabJobIT {

	@Test
	void theJobAnswersAndLeavesOnlyTheReport(K3sCluster cluster) throws IOException {
		try (LabJob job = LabJob.apply(cluster)) {
			String answer = job.log().getLast();

			assertThat(answer).withFailMessage(() -> "the Job answered: " + answer)
				.startsWith("Probes survive default-deny on this cluster (");
			assertThat(job.pods("Complete", "succeeded")).as(answer).isEqualTo("1");
			List<JsonNode> cells = job.report().path("cells").valueStream().toList();
			assertThat(cells).hasSize(24).allSatisfy((cell) -> {
				assertThat(cell.path("verdict").asString()).as(cell.path("id").asString()).isEqualTo("survives");
				assertThat(cell.at("/probes/counts/source").asString()).as("who counted its probes")
					.isEqualTo("kubelet");
			});
			assertThat(job.namespaces()).as("namespaces of its experiments").isEmpty();
		}
	}

}
