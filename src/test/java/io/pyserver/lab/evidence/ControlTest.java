package io.pyserver.lab.evidence;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.ControlEvidence;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.Control.Attempt;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Control.Reach;

import static io.pyserver.lab.evidence.SampleObservation.at;
import static org.assertj.core.api.Assertions.assertThat;

/** Which attempts count, and when a round of controls has settled. */
class ControlTest {

	@ParameterizedTest
	@CsvSource({ "BEFORE, EITHER, OPEN", "SETTLING, EITHER, EITHER", "DURING, BLOCKED, BLOCKED",
			"AFTER, EITHER, OPEN" })
	void eachAttemptCountsOnlyUnderEnforcedPolicies(Phase phase, Expectation first, Expectation last) {
		ControlEvidence control = new ControlEvidence(Control.POD_TO_POD,
				List.of(new Attempt(phase, at(1), Reach.REACHED), new Attempt(phase, at(2), Reach.TIMED_OUT)));

		assertThat(control.attempts()).extracting((attempt) -> control.expected(attempt, Policy.DENY_BOTH))
			.containsExactly(first, last);
	}

	@ParameterizedTest
	@CsvSource({ "BEFORE, REACHED, true", "BEFORE, REFUSED, false", "SETTLING, REFUSED, true",
			"SETTLING, TIMED_OUT, true", "SETTLING, REACHED, false", "SETTLING, BROKEN_OFF, false",
			"DURING, REFUSED, true", "AFTER, REACHED, true", "AFTER, TIMED_OUT, false", "AFTER, BROKEN_OFF, false" })
	void aRoundHasSettledIfTheControlsThatPoliciesDecideAreAsExpected(Phase phase, Reach reach, boolean settled) {
		Map<Control, Reach> round = Map.of(Control.POD_TO_POD, reach, Control.OWN_NODE_TO_POD, Reach.REFUSED,
				Control.POD_TO_API_SERVER, Reach.BROKEN_OFF, Control.POD_TO_POD_PING, Reach.REACHED);

		assertThat(Expectation.areMet(round, Policy.DENY_BOTH, phase)).isEqualTo(settled);
	}

}
