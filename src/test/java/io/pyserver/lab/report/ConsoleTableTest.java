package io.pyserver.lab.report;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A terminal shows the matrix, what went wrong, and where to read on.
 */
class ConsoleTableTest {

	private static final Path PAGE = Path.of("target", "probe-lab", "report.html");

	@Test
	void aCellThatWasNotRunIsADash() {
		LabRun run = SampleRun.of(SampleCell.survives(SampleCell.BASELINE), SampleCell.broken(SampleCell.LIVENESS),
				SampleCell.notEnforced(SampleCell.READINESS));

		assertThat(ConsoleTable.of(run, PAGE).lines().limit(8)).containsExactly(
				"               httpGet   tcpSocket grpc", "               live      start     ready",
				"none (baseline)", "  pod-first    -         ok        -", "deny-ingress",
				"  policy-first -         -         NO-ENF", "deny-both", "  pod-first    BROKEN    -         -");
	}

	@Test
	void theWholeMatrixFitsATerminal() {
		String table = ConsoleTable.of(SampleRun.mixed(), PAGE);

		assertThat(table.lines().takeWhile((line) -> !line.contains(": "))).hasSize(17)
			.allMatch((line) -> line.length() <= 100);
		assertThat(table).contains("  policy-first ok     BROKEN ok     ok ", " NO-ENF ", " INCONC ");
	}

	@Test
	void eachTroubleHasItsReason() {
		assertThat(ConsoleTable.of(SampleRun.mixed(), PAGE).lines()).contains(
				"deny-both/grpc/readiness/pod-first on node node-1: BROKEN: 6 probes of 10 failed",
				"deny-ingress/tcpSocket/startup/pod-first on node node-1: NOT_ENFORCED: pod-to-pod was reached under the policies",
				"allow-peer/exec/readiness/policy-first: INCONCLUSIVE: the pod was never there; no probe was seen")
			.last()
			.isEqualTo(
					"Under policies: 91 surviving, 3 broken, 1 without policies shown to be enforced, 1 inconclusive. "
							+ "Baseline: 24 surviving. Report: " + PAGE);
	}

	@Test
	void aCellOfSeveralNodesCountsOnceByItsWorst() {
		LabRun run = SampleRun.of(SampleCell.on("a", SampleCell.broken(SampleCell.LIVENESS)),
				SampleCell.on("b", SampleCell.survives(SampleCell.LIVENESS)));

		assertThat(ConsoleTable.of(run, PAGE).lines()).containsExactly("               httpGet", "               live",
				"deny-both", "  pod-first    BROKEN",
				"deny-both/httpGet/liveness/pod-first on node a: BROKEN: 6 probes of 10 failed",
				"Under policies: 1 broken; only on node a of 2. Baseline: not run. Report: " + PAGE);
	}

	@Test
	void ofManyTroublesTwentyAreShown() {
		assertThat(ConsoleTable.of(SampleRun.full(SampleCell::broken), PAGE)
			.lines()
			.filter((line) -> line.contains(": BROKEN: "))).hasSize(20);
		assertThat(ConsoleTable.of(SampleRun.full(SampleCell::broken), PAGE))
			.contains("... and 100 more, in report.html\n");
		assertThat(ConsoleTable.of(SampleRun.mixed(), PAGE)).doesNotContain("...");
	}

	@Test
	void noTextSteersTheTerminal() {
		LabRun run = SampleRun.of(SampleCell.hostile(SampleCell.LIVENESS, SampleRun.HOSTILE));

		assertThat(ConsoleTable.of(run, PAGE)).matches("[ -~\n]*").contains("BROKEN: </script>");
	}

	@Test
	void nothingRunIsSaid() {
		assertThat(ConsoleTable.of(SampleRun.of(), PAGE))
			.endsWith("Under policies: not run. Baseline: not run. Report: " + PAGE + "\n");
	}

}
