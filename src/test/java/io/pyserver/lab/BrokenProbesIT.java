package io.pyserver.lab;

import java.util.List;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.matrix.Lab;
import io.pyserver.lab.matrix.Silence;
import io.pyserver.lab.report.CellResult;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it looks like when probes do not survive: one node may not send to its pods. Those
 * of the other node are fine, and so is a probe that does not cross the network.
 */
@ClusterTest(throwAway = true)
@Order(3)
class BrokenProbesIT {

	private static final Selection CELLS = Selection.of("deny-both/pod-first/liveness");

	@Test
	void aNodeThatCannotReachItsPodsRestartsThem(Lab lab) {
		Node silent = lab.cluster().nodes().getFirst();
		List<CellResult> results = lab.sabotagedBy(new Silence(List.of(silent)), "broken").run(CELLS.cells()).cells();
		assertThat(results).hasSize(4).allSatisfy((result) -> {
			boolean hit = onNode(silent, result) && result.evidence().cell().mechanism() != Mechanism.EXEC;
			assertThat(result.finding().verdict()).as("%s", result.finding())
				.isEqualTo(hit ? Verdict.BROKEN : Verdict.SURVIVES);
		});
		assertThat(results).filteredOn((result) -> result.finding().verdict() == Verdict.BROKEN)
			.isNotEmpty()
			.allSatisfy((broken) -> {
				assertThat(broken.evidence().harm().restarts()).isPositive();
				assertThat(broken.evidence().harm().unhealthy()).anyMatch((said) -> said.startsWith("Liveness"));
				assertThat(broken.finding().because()).contains("the pod's own node did not reach it: timed-out");
			});
	}

	private static boolean onNode(Node node, CellResult result) {
		return result.evidence().subject() != null && result.evidence().subject().node().equals(node.name());
	}

}
