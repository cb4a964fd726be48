package io.pyserver.lab.report;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While policies are enforced every attempt counts; before and after them, the last one.
 */
class ExpectationTest {

	@ParameterizedTest
	@CsvSource({ "BEFORE, EITHER, OPEN", "SETTLING, EITHER, EITHER", "DURING, BLOCKED, BLOCKED",
			"AFTER, EITHER, OPEN" })
	void ofTwoAttempts(Phase phase, Expectation first, Expectation last) {
		List<Attempt> attempts = List.of(new Attempt(phase, SampleCell.at(1), Reach.REACHED),
				new Attempt(phase, SampleCell.at(2), Reach.TIMED_OUT));

		assertThat(attempts)
			.extracting((attempt) -> Expectation.of(Control.POD_TO_POD, Policy.DENY_BOTH, attempt, attempts))
			.containsExactly(first, last);
	}

	@ParameterizedTest
	@CsvSource({ "REACHED, true, false", "REFUSED, false, true", "TIMED_OUT, false, true", "BROKEN_OFF, false, false" })
	void whatIsBrokenOffIsNeitherOpenNorBlocked(Reach reach, boolean open, boolean blocked) {
		Attempt attempt = new Attempt(Phase.DURING, SampleCell.at(1), reach);

		assertThat(Expectation.OPEN.metBy(attempt)).isEqualTo(open);
		assertThat(Expectation.BLOCKED.metBy(attempt)).isEqualTo(blocked);
		assertThat(Expectation.EITHER.metBy(attempt)).isTrue();
	}

	@Test
	void notEveryEngineStopsAPing() {
		assertThat(Expectation.of(Control.POD_TO_POD_PING, Policy.DENY_BOTH, Phase.DURING))
			.isEqualTo(Expectation.EITHER);
		assertThat(Expectation.of(Control.POD_TO_POD_PING, Policy.NONE, Phase.DURING)).isEqualTo(Expectation.OPEN);
	}

}
