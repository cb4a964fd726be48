package io.pyserver.lab.report;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Verdict;

import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * One line says what was found, where, and why, whatever a cluster says.
 */
class CellResultTest {

	@Test
	void theCellTheNodeTheVerdictAndItsReason() {
		assertThat(SampleCell.of("broken LIVENESS on agent1").line())
			.isEqualTo("deny-both/httpGet/liveness/pod-first on node agent1: BROKEN: 6 probes of 10 failed");
		assertThat(SampleCell.of("inconclusive LIVENESS").line()).isEqualTo(
				"deny-both/httpGet/liveness/pod-first: INCONCLUSIVE: the pod was never there; no probe was seen");
	}

	@Test
	void aMissingReasonIsSaid() {
		Finding finding = new Finding(Verdict.BROKEN, List.of());

		assertThat(new CellResult(SampleCell.of("inconclusive LIVENESS").evidence(), finding).line())
			.endsWith(": BROKEN: no reason is given");
	}

	@Test
	void noTextSteersTheTerminal() {
		assertThat(SampleCell.of(SampleRun.HOSTILE, SampleCell.LIVENESS, "a").line()).matches("[ -~]*")
			.contains(" on node </script>", "\\u001b[31m\\u000d\\u000a", ": BROKEN: </script>");
	}

	@Test
	void aTextWithoutEndIsCut() {
		assertThat(SampleCell.of("x".repeat(1_000_000) + " LIVENESS").line()).hasSize(240).endsWith("x ...");
	}

	@ParameterizedTest
	@ValueSource(strings = { "broken", "not-enforced", "inconclusive" })
	void whatIsNotShownToSurviveFailsWithItsLine(String verdict) {
		CellResult result = SampleCell.of(verdict + " LIVENESS");

		assertThatExceptionOfType(AssertionError.class).isThrownBy(result::assertSurvives).withMessage(result.line());
	}

	@Test
	void whatSurvivesPasses() {
		assertThatNoException().isThrownBy(SampleCell.of("survives LIVENESS")::assertSurvives);
	}

}
