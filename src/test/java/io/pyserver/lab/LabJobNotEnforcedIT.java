package io.pyserver.lab;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import io.pyserver.ThoroughTest;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.k3s.K3sCluster;

import static org.assertj.core.api.Assertions.assertThat;

/** On a cluster of one node that ignores policies, the Job fails and says why. */
@ThoroughTest
@ClusterTest(enforcing = false, throwAway = true)
@Order(6)
@ResourceLock(MatrixIT.ALL_CELLS)
class LabJobNotEnforcedIT {

	@Test
	void theJobFailsAndItsLastLineSaysWhy(K3sCluster cluster) throws IOException {
		try (LabJob job = LabJob.apply(cluster)) {
			List<String> log = job.log();

			assertThat(log).last()
				.asString()
				.startsWith("Policies were not enforced, so nothing is known of probes on this cluster (")
				.contains(": NOT_ENFORCED: under deny-both, ", " was reached and had to be blocked");
			assertThat(job.pods("Failed", "failed")).as(log.getLast()).isEqualTo("1");
			assertThat(job.namespaces()).as("namespaces of its experiments").isEmpty();
		}
	}

}
