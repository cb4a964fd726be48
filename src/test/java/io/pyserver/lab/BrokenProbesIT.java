package io.pyserver.lab;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.report.LabRun.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Probes that do not survive: when the policies are applied, one node stops sending to
 * its pods. The pods of the other node survive, and so does an exec probe, because it
 * does not cross the network.
 */
@ClusterTest(throwAway = true)
@Order(3)
class BrokenProbesIT {

	/** The pods are on the blocked node, on the other one and on the blocked one. */
	private static final String CELLS = "pod-first/deny-both/liveness/httpGet,pod-first/deny-both/liveness/tcpSocket,pod-first/deny-both/liveness/exec";

	@Test
	void theKubeletRestartsPodsThatItCannotReach(Lab lab) {
		Node blocked = lab.cluster().nodes().getFirst();
		new Drill("broken", CELLS, 3, new Cut(blocked::equals, Set.of(Cell.Order.values()), Duration.ZERO, null),
				Drill.brokenIf((result) -> isAffected(result, blocked), "^since .* liveness probes failed"))
			.run(lab)
			.stream()
			.filter((result) -> isAffected(result, blocked))
			.forEach((broken) -> assertThat(broken.observation().harm().restarts()).as(broken.line())
				.anyMatch(Restart::byProbe));
	}

	private static boolean isAffected(CellResult result, Node blocked) {
		return Drill.crossesTheNetwork(result) && result.observation().subject() != null
				&& result.observation().subject().node().equals(blocked.name());
	}

}
