package io.pyserver.lab.report;

import java.util.List;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

import static io.pyserver.lab.report.SampleCell.LIVENESS;
import static io.pyserver.lab.report.SampleCell.READINESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A CI server shows each cell that was run, and why it fails.
 */
class CellTestsTest {

	@Test
	void everyCellThatWasRunIsATestOfItsName() {
		assertThat(names(SampleRun.mixed())).hasSize(120).doesNotHaveDuplicates();
		assertThat(names(SampleRun.of(SampleCell.survives(LIVENESS), SampleCell.broken(READINESS))))
			.containsExactly("deny-both/httpGet/liveness/pod-first", "deny-ingress/grpc/readiness/policy-first");
	}

	@Test
	void aCellOfSeveralNodesIsATestOnEach() {
		assertThat(names(SampleRun.of(SampleCell.on("a", SampleCell.broken(LIVENESS)),
				SampleCell.on("b\n", SampleCell.survives(LIVENESS)),
				SampleCell.on("b", SampleCell.survives(READINESS)))))
			.containsExactly("deny-both/httpGet/liveness/pod-first on node a",
					"deny-both/httpGet/liveness/pod-first on node b\\u000a",
					"deny-ingress/grpc/readiness/policy-first");
	}

	@Test
	void whatIsNotShownToSurviveFailsInOneLine() {
		for (CellResult failing : List.of(SampleCell.broken(LIVENESS), SampleCell.notEnforced(LIVENESS),
				SampleCell.inconclusive(LIVENESS), SampleCell.hostile(LIVENESS, "x\n".repeat(1000)))) {
			assertThat(outcome(failing)).isInstanceOf(AssertionError.class).hasMessage(failing.line());
		}
		assertThat(outcome(SampleCell.survives(LIVENESS))).isNull();
	}

	private static List<String> names(LabRun run) {
		return CellTests.of(run).map(DynamicTest::getDisplayName).toList();
	}

	private static Throwable outcome(CellResult result) {
		return catchThrowable(
				() -> CellTests.of(SampleRun.of(result)).findFirst().orElseThrow().getExecutable().execute());
	}

}
