package io.pyserver.lab;

import io.pyserver.lab.k3s.ClusterTest;
import java.util.List;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.report.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it looks like when probes do not survive: from the moment of the policies on, one
 * node may not send to its pods. Those of the other node are fine, and so is a probe that
 * does not cross the network.
 */
@ClusterTest(throwAway = true)
@Order(3)
class BrokenProbesIT {

	/** On the node that is cut off, on the other one, and on the first again. */
	private static final String CELLS = "pod-first/deny-both/liveness/httpGet,pod-first/deny-both/liveness/tcpSocket,pod-first/deny-both/liveness/exec";

	@Test
	void aNodeThatCannotReachItsPodsRestartsThem(Lab lab) {
		Node cut = lab.cluster().nodes().getFirst();
		List<CellResult> results = new Drill(lab).run(Cut.everywhere().on(cut), "broken", CELLS);
		Drill.assertVerdicts(results, 3, (result) -> Drill.brokenIf(isHit(cut, result)));
		results.stream().filter((result) -> isHit(cut, result)).forEach((broken) -> {
			assertThat(broken.observation().harm().restarts()).as(broken.line()).anyMatch(Restart::byProbe);
			assertThat(broken.finding().because()).as(broken.line())
				.anyMatch((reason) -> reason.startsWith("since ") && reason.contains(" liveness probes failed ")
						&& reason.contains("; the kubelet said: Liveness probe failed"));
		});
	}

	private static boolean isHit(Node cut, CellResult result) {
		return Drill.mechanism(result) != Mechanism.EXEC && result.observation().subject() != null
				&& result.observation().subject().node().equals(cut.name());
	}

}
