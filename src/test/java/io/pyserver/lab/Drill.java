package io.pyserver.lab;

import java.util.List;
import java.util.function.Function;

import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.report.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs cells with something wrong, and compares whole tables of verdicts, cell by cell.
 */
record Drill(Lab lab) {

	/**
	 * Runs them.
	 * @param name a part of the names of its namespaces
	 */
	List<CellResult> run(Sabotage sabotage, String name, String cells) {
		return this.lab.sabotagedBy(sabotage, name).run(Selection.of(cells).cells()).cells();
	}

	/**
	 * Runs one cell, whose verdict has to be this one, for a reason that has these words.
	 */
	void assertOneCell(Sabotage sabotage, String name, String cell, Verdict verdict, String because) {
		List<CellResult> results = run(sabotage, name, cell);
		assertVerdicts(results, 1, (_) -> verdict);
		assertThat(results.getFirst().finding().because()).as(results.getFirst().line())
			.anyMatch((reason) -> reason.contains(because));
	}

	/**
	 * Fails with a line for each cell whose verdict is another than it had to be.
	 * @param cells how many there have to be
	 */
	static void assertVerdicts(List<CellResult> results, int cells, Function<CellResult, Verdict> wanted) {
		assertThat(results.size()).as("cells that were run").isEqualTo(cells);
		List<String> wrong = results.stream()
			.filter((result) -> result.finding().verdict() != wanted.apply(result))
			.map((result) -> "had to be " + wanted.apply(result) + ": " + result.line())
			.toList();
		if (!wrong.isEmpty()) {
			throw new AssertionError("%d of %d cells: %s".formatted(wrong.size(), cells, String.join("; ", wrong)));
		}
	}

	/** {@link Verdict#BROKEN} where it is hit, else it survives. */
	static Verdict brokenIf(boolean hit) {
		return hit ? Verdict.BROKEN : Verdict.SURVIVES;
	}

	static Mechanism mechanism(CellResult result) {
		return result.observation().cell().mechanism();
	}

}
