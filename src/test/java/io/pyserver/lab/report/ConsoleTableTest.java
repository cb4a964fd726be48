package io.pyserver.lab.report;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A terminal shows the matrix, what went wrong, and where to read on.
 */
class ConsoleTableTest {

	private static final Path PAGE = Path.of("target", "probe-lab", "report.html");

	@Test
	void aCellThatWasNotRunIsADash() {
		assertThat(table(SampleRun.of("survives BASELINE, broken LIVENESS, not-enforced READINESS"))).startsWith("""
				               httpGet   tcpSocket grpc
				               live      start     ready
				none (baseline)
				  pod-first    -         ok        -
				deny-ingress
				  policy-first -         -         NO-ENF
				deny-both
				  pod-first    BROKEN    -         -
				""");
	}

	@Test
	void theWholeMatrixFitsATerminal() {
		String table = table(SampleRun.mixed());

		assertThat(table.lines().takeWhile((line) -> !line.contains(": "))).hasSize(17)
			.allMatch((line) -> line.length() <= 100);
		assertThat(table).contains("  policy-first ok     BROKEN ok     ok ", " NO-ENF ", " INCONC ");
	}

	@Test
	void eachTroubleHasItsReason() {
		assertThat(table(SampleRun.mixed())).doesNotContain("...")
			.contains("deny-both/grpc/readiness/pod-first on node node-1: BROKEN: 6 probes of 10 failed\n",
					"deny-ingress/tcpSocket/startup/pod-first on node node-1: NOT_ENFORCED: pod-to-pod was reached",
					"allow-peer/exec/readiness/policy-first: INCONCLUSIVE: the pod was never there; no probe was seen\n")
			.endsWith(
					"Under policies: 91 surviving, 3 broken, 1 without policies shown to be enforced, 1 inconclusive. "
							+ "Baseline: 24 surviving. Report: " + PAGE + "\n");
	}

	@Test
	void aCellOfSeveralNodesCountsOnceByItsWorst() {
		assertThat(table(SampleRun.of("survives LIVENESS on b, broken LIVENESS on a"))).isEqualTo("""
				               httpGet
				               live
				deny-both
				  pod-first    BROKEN
				deny-both/httpGet/liveness/pod-first on node a: BROKEN: 6 probes of 10 failed
				Under policies: 1 broken; only on node a of 2. Baseline: not run. Report:\s""" + PAGE + "\n");
	}

	@Test
	void ofManyTroublesTwentyAreShown() {
		assertThat(table(SampleRun.full((_) -> "broken")).lines().filter((line) -> line.contains(": BROKEN: ")))
			.hasSize(20);
		assertThat(table(SampleRun.full((_) -> "broken"))).contains("... and 100 more, in report.html\n");
	}

	@Test
	void noTextSteersTheTerminal() {
		assertThat(table(SampleRun.of(SampleCell.of(SampleRun.HOSTILE, SampleCell.LIVENESS, "a"),
				SampleCell.of("survives LIVENESS on b"))))
			.matches("[ -~\n]*")
			.contains("BROKEN: </script>", "only on node </script>");
	}

	@Test
	void nothingRunIsSaid() {
		assertThat(table(SampleRun.of()))
			.endsWith("Under policies: not run. Baseline: not run. Report: " + PAGE + "\n");
	}

	private static String table(LabRun run) {
		return ConsoleTable.of(run, PAGE);
	}

}
