package io.pyserver.lab;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.k3s.ClusterTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster that accepts policies and ignores them: that probes arrive proves nothing.
 */
@ClusterTest(enforcing = false, throwAway = true)
@Order(2)
class NotEnforcedIT {

	@Test
	void theVerdictIsNotEnforcedIfTheEngineIgnoresPolicies(Lab lab) {
		// Any other instance than NONE is a fault, of which no diagnostics are written.
		Sabotage nothing = new Sabotage() {
		};
		assertThat(Drill.ofOneCell("ignored", "deny-both/httpGet/liveness/pod-first", nothing, Verdict.NOT_ENFORCED, "")
			.run(lab)
			.getFirst()
			.finding()
			.because()).contains("under deny-both, outsider-to-pod was reached and had to be blocked",
					"under deny-both, pod-to-outsider was reached and had to be blocked");
	}

}
