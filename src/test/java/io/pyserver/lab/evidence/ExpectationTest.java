package io.pyserver.lab.evidence;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.pyserver.lab.evidence.ControlEvidence.Attempt;

import static io.pyserver.lab.evidence.SampleObservation.at;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * While policies are enforced every attempt counts; before and after them, the last one.
 */
class ExpectationTest {

	@ParameterizedTest
	@CsvSource({ "BEFORE, EITHER, OPEN", "SETTLING, EITHER, EITHER", "DURING, BLOCKED, BLOCKED",
			"AFTER, EITHER, OPEN" })
	void ofTwoAttempts(Phase phase, Expectation first, Expectation last) {
		ControlEvidence control = new ControlEvidence(Control.POD_TO_POD,
				List.of(new Attempt(phase, at(1), Reach.REACHED), new Attempt(phase, at(2), Reach.TIMED_OUT)));

		assertThat(control.attempts()).extracting((attempt) -> control.expected(attempt, Policy.DENY_BOTH))
			.containsExactly(first, last);
	}

	@ParameterizedTest
	@CsvSource({ "REACHED, true, false", "REFUSED, false, true", "TIMED_OUT, false, true", "BROKEN_OFF, false, false" })
	void whatIsBrokenOffIsNeitherOpenNorBlocked(Reach reach, boolean open, boolean blocked) {
		assertThat(Expectation.OPEN.metBy(reach)).isEqualTo(open);
		assertThat(Expectation.BLOCKED.metBy(reach)).isEqualTo(blocked);
		assertThat(Expectation.EITHER.metBy(reach)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "BEFORE, REACHED, true", "BEFORE, REFUSED, false", "SETTLING, REFUSED, true",
			"SETTLING, TIMED_OUT, true", "SETTLING, REACHED, false", "SETTLING, BROKEN_OFF, false",
			"DURING, REFUSED, true", "AFTER, REACHED, true", "AFTER, TIMED_OUT, false" })
	void aRoundHasSettledWhenAllThatPoliciesDecideIsAsTheyWantIt(Phase phase, Reach reach, boolean met) {
		Map<Control, Reach> round = Map.of(Control.POD_TO_POD, reach, Control.POD_TO_OUTSIDER, reach);

		assertThat(Expectation.areMet(round, Policy.DENY_BOTH, phase)).isEqualTo(met);
	}

	@ParameterizedTest
	@EnumSource(names = { "OWN_NODE_TO_POD", "POD_TO_API_SERVER", "POD_TO_POD_PING" })
	void nothingWaitsForWhatPoliciesDoNotDecide(Control observed) {
		for (Reach reach : Reach.values()) {
			assertThat(Expectation.areMet(Map.of(observed, reach), Policy.DENY_BOTH, Phase.SETTLING)).isTrue();
		}
	}

}
