package io.pyserver.lab;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Observation.Restart;
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
		new Drill(lab)
			.run(Cut.everywhere().on(blocked), "broken", CELLS, 3,
					(result) -> Drill.brokenIf(isAffected(result, blocked)))
			.stream()
			.filter((result) -> isAffected(result, blocked))
			.forEach((broken) -> {
				assertThat(broken.observation().harm().restarts()).as(broken.line()).anyMatch(Restart::byProbe);
				assertThat(broken.finding().because()).as(broken.line())
					.anyMatch((reason) -> reason.startsWith("since ") && reason.contains(" liveness probes failed ")
							&& reason.contains("; the kubelet said: Liveness probe failed"));
			});
	}

	private static boolean isAffected(CellResult result, Node blocked) {
		return Drill.crossesTheNetwork(result) && result.observation().subject() != null
				&& result.observation().subject().node().equals(blocked.name());
	}

}
