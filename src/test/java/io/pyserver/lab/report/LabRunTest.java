package io.pyserver.lab.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Verdict;

import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static io.pyserver.lab.report.SampleCell.READINESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A cell that was tried on several nodes is one cell, and a test on each of them.
 */
class LabRunTest {

	@Test
	void aCellGoesByTheWorstOfItsResults() {
		LabRun run = SampleRun.of("survives LIVENESS on a, inconclusive LIVENESS, not-enforced LIVENESS on b, "
				+ "broken LIVENESS on c, survives READINESS");

		assertThat(run.byCell()).containsOnlyKeys(LIVENESS, READINESS);
		assertThat(run.byCell().get(LIVENESS)).extracting(CellResult::verdict)
			.containsExactly(Verdict.BROKEN, Verdict.NOT_ENFORCED, Verdict.INCONCLUSIVE, Verdict.SURVIVES);
	}

	@Test
	void everyCellThatWasRunIsATestOfItsName() {
		assertThat(names(SampleRun.mixed())).hasSize(120).doesNotHaveDuplicates();
		assertThat(names(SampleRun.of("survives LIVENESS, broken READINESS")))
			.containsExactly("deny-both/httpGet/liveness/pod-first", "deny-ingress/grpc/readiness/policy-first");
	}

	@Test
	void aCellOfSeveralNodesIsATestOnEach() {
		assertThat(names(SampleRun.of("broken LIVENESS on a, survives LIVENESS on b\u202e, survives READINESS on b")))
			.containsExactly("deny-both/httpGet/liveness/pod-first on node a",
					"deny-both/httpGet/liveness/pod-first on node b\\u202e",
					"deny-ingress/grpc/readiness/policy-first");
	}

	@Test
	void aTestFailsWhereItsCellDoes() {
		List<CellResult> results = SampleRun.of("survives LIVENESS, broken READINESS").cells();

		assertThatCode(results.getFirst()::assertSurvives).doesNotThrowAnyException();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(results.getLast()::assertSurvives)
			.withMessageStartingWith("deny-ingress/grpc/readiness/policy-first on node node-1: BROKEN: ");
	}

	private static List<String> names(LabRun run) {
		return run.cells().stream().map(run::name).toList();
	}

}
