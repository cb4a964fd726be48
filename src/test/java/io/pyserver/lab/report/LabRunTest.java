package io.pyserver.lab.report;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** What a terminal and a CI server show of a run, whatever a cluster says. */
class LabRunTest {

	private static final Path PAGE = Path.of("target/probe-lab/report.html");

	@Test
	void aCellGoesByTheWorstOfItsResults() {
		LabRun run = SampleRun.of("survives LIVENESS on a, inconclusive LIVENESS, not-enforced LIVENESS on b, "
				+ "broken LIVENESS on c, survives READINESS");

		assertThat(run.byCell()).hasSize(2);
		assertThat(run.byCell().get(run.cells().getFirst().cell())).extracting(CellResult::verdict)
			.containsExactly(Verdict.BROKEN, Verdict.NOT_ENFORCED, Verdict.INCONCLUSIVE, Verdict.SURVIVES);
	}

	@Test
	void aResultIsNamedByItsCellAndByItsNodeWhereThereAreOthers() {
		LabRun run = SampleRun.of("broken LIVENESS on a, survives LIVENESS on b\u202e, survives READINESS on b");

		assertThat(run.cells()).extracting(run::name)
			.containsExactly("deny-both/httpGet/liveness/pod-first on node a",
					"deny-both/httpGet/liveness/pod-first on node b\\u202e",
					"deny-ingress/grpc/readiness/policy-first");
	}

	@ParameterizedTest
	@ValueSource(strings = { "broken", "not-enforced", "inconclusive" })
	void whatIsNotShownToSurviveFailsWithItsLine(String verdict) {
		CellResult result = SampleRun.cell(verdict + " LIVENESS");

		assertThatExceptionOfType(AssertionError.class).isThrownBy(result::assertSurvives).withMessage(result.line());
	}

	@Test
	void whatSurvivesPasses() {
		assertThatNoException().isThrownBy(SampleRun.cell("survives LIVENESS")::assertSurvives);
	}

	@Test
	void aLineHasTheCellTheNodeTheVerdictAndItsReason() {
		CellResult broken = SampleRun.cell("broken LIVENESS on agent1");

		assertThat(broken.line()).startsWith(
				"deny-both/httpGet/liveness/pod-first on node agent1: BROKEN: since 2026-11-23T12:00:04Z, 0 liveness probes failed");
		assertThat(new CellResult(broken.observation(), new Finding(Verdict.BROKEN, List.of()), null).line())
			.endsWith(": BROKEN: no reason is given");
	}

	@Test
	void aLineWithoutEndIsCut() {
		assertThat(SampleRun.saying("x".repeat(1_000_000)).line()).hasSize(240).endsWith("x ...");
	}

	@Test
	void noTextSteersTheTerminal() {
		CellResult hostile = SampleRun.saying(SampleRun.HOSTILE);

		assertThat(hostile.line()).matches("[ -~]*").contains(" on node </script>", "\\u001b[31m\\u000d\\u000a");
		assertThat(ConsoleTable.of(SampleRun.of(SampleRun.CLUSTER, hostile, SampleRun.cell("survives LIVENESS on b")),
				PAGE))
			.matches("[ -~\n]*")
			.contains("BROKEN: </script>", "only on node </script>");
	}

	@Test
	void theTableOfTheWholeMatrixFitsATerminal() {
		String table = ConsoleTable.of(SampleRun.whole((_) -> "broken"), PAGE);

		assertThat(table.lines().takeWhile((line) -> !line.contains(": "))).hasSize(17)
			.allMatch((line) -> line.length() <= 100);
	}

	@Test
	void ofManyTroublesTheTableHasTwenty() {
		String table = ConsoleTable.of(SampleRun.whole((_) -> "broken"), PAGE);

		assertThat(table.lines().filter((line) -> line.contains(": BROKEN: "))).hasSize(20);
		assertThat(table).contains("... and 100 more, in report.html\n");
	}

}
