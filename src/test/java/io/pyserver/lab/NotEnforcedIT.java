package io.pyserver.lab;

import java.util.List;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Control.Attempt;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.k3s.ClusterTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * A cluster that accepts policies and ignores them: that probes arrive proves nothing.
 */
@ClusterTest(enforcing = false, throwAway = true)
@Order(2)
class NotEnforcedIT {

	private static final List<Control> REACHED = List.of(Control.OUTSIDER_TO_POD, Control.POD_TO_OUTSIDER);

	@Test
	void theVerdictIsNotEnforcedIfTheEngineIgnoresPolicies(Lab lab) {
		// Any other instance than NONE is a fault, of which no diagnostics are written.
		Sabotage nothing = new Sabotage() {
		};
		Observation observation = Drill
			.ofOneCell("ignored", "deny-both/httpGet/liveness/pod-first", nothing, Verdict.NOT_ENFORCED,
					"under deny-both, .* was reached and had to be blocked")
			.run(lab)
			.getFirst()
			.observation();
		assertThat(observation.controls()).filteredOn((control) -> REACHED.contains(control.control()))
			.hasSameSizeAs(REACHED)
			.allSatisfy((control) -> assertThat(control.attempts()).as(control.control().label())
				.extracting(Attempt::phase, Attempt::reach)
				.contains(tuple(Phase.SETTLING, Reach.REACHED)));
	}

}
