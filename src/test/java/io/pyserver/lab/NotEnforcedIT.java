package io.pyserver.lab;

import io.pyserver.lab.k3s.ClusterTest;
import java.util.List;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.report.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster may accept policies and ignore them. Probes arrive there as well, which
 * proves nothing.
 */
@ClusterTest(enforcing = false, throwAway = true)
@Order(2)
class NotEnforcedIT {

	@Test
	void policiesThatAreIgnoredAreNoProof(Lab lab) {
		List<CellResult> results = new Drill(lab).run(new Sabotage() {
		}, "ignored", "deny-both/httpGet/liveness/pod-first");
		Drill.assertVerdicts(results, 1, (_) -> Verdict.NOT_ENFORCED);
		assertThat(results.getFirst().finding().because()).contains(
				"under deny-both, outsider-to-pod was reached and had to be blocked",
				"under deny-both, pod-to-outsider was reached and had to be blocked");
	}

}
