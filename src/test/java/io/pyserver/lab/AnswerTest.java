package io.pyserver.lab;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.LabRun.TestedCluster;

import static org.assertj.core.api.Assertions.assertThat;

/** The worst cell decides, and the last line names it with its reason. */
class AnswerTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SURVIVES SURVIVES              | 0 | Probes survive default-deny on mine (
			SURVIVES INCONCLUSIVE          | 2 | startup/policy-first: INCONCLUSIVE: reason 1
			INCONCLUSIVE NOT_ENFORCED      | 1 | startup/policy-first: NOT_ENFORCED: reason 1
			SURVIVES NOT_ENFORCED BROKEN   | 1 | startup/policy-first: BROKEN: reason 2
			""")
	void theWorstDecides(String verdicts, int exitCode, String lastLine) {
		List<Cell> cells = Selection.of("deny-both/startup/policy-first").cells();
		List<Verdict> given = Stream.of(verdicts.split(" ")).map(Verdict::valueOf).toList();
		LabRun run = new LabRun(Instant.EPOCH, Instant.EPOCH,
				new TestedCluster("mine", "v1.34", "Cilium", List.of(), "a:1", List.of()), Map.of(),
				Stream.iterate(0, (i) -> i < given.size(), (i) -> i + 1)
					.map((i) -> result(cells.get(i), given.get(i), "reason " + i))
					.toList());

		assertThat(Answer.of(run).exitCode()).isEqualTo(exitCode);
		assertThat(Answer.of(run).sentence(run)).contains(lastLine);
	}

	private static CellResult result(Cell cell, Verdict verdict, String reason) {
		return new CellResult(new Observation(cell, null, List.of(), null, Harm.NONE, null, List.of(), null),
				new Finding(verdict, List.of(reason)), null);
	}

}
