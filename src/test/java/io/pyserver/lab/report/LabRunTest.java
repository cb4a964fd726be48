package io.pyserver.lab.report;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Verdict;

import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static io.pyserver.lab.report.SampleCell.READINESS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cell that was tried on several nodes is one cell.
 */
class LabRunTest {

	@Test
	void aCellGoesByTheWorstOfItsResults() {
		LabRun run = SampleRun.of(SampleCell.on("a", SampleCell.survives(LIVENESS)), SampleCell.inconclusive(LIVENESS),
				SampleCell.on("b", SampleCell.notEnforced(LIVENESS)), SampleCell.on("c", SampleCell.broken(LIVENESS)),
				SampleCell.survives(READINESS));

		assertThat(run.byCell()).containsOnlyKeys(LIVENESS, READINESS);
		assertThat(run.byCell().get(LIVENESS)).extracting((result) -> result.finding().verdict())
			.containsExactly(Verdict.BROKEN, Verdict.NOT_ENFORCED, Verdict.INCONCLUSIVE, Verdict.SURVIVES);
		assertThat(VerdictCounts.underPolicies(run).verdicts()).containsExactlyInAnyOrder(Verdict.BROKEN,
				Verdict.SURVIVES);
	}

}
