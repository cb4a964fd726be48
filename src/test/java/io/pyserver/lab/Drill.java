package io.pyserver.lab;

import java.util.List;
import java.util.function.Function;

import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.report.LabRun.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs cells with a fault, and compares the verdict of each cell. */
record Drill(Lab lab) {

	/**
	 * Runs cells. Fails with a line for each cell that has another verdict than expected.
	 * @param name a part of the names of the namespaces
	 * @param count how many cells there have to be
	 */
	List<CellResult> run(Sabotage fault, String name, String cells, int count, Function<CellResult, Verdict> expected) {
		List<CellResult> results = this.lab.sabotagedBy(fault, name).run(Selection.of(cells).cells()).cells();
		assertThat(results.size()).as("cells that were run").isEqualTo(count);
		List<String> wrong = results.stream()
			.filter((result) -> result.finding().verdict() != expected.apply(result))
			.map((result) -> "had to be " + expected.apply(result) + ": " + result.line())
			.toList();
		if (!wrong.isEmpty()) {
			throw new AssertionError("%d of %d cells: %s".formatted(wrong.size(), count, String.join("; ", wrong)));
		}
		return results;
	}

	/** Runs one cell. Fails unless one of the reasons for its verdict has these words. */
	void runOne(Sabotage fault, String name, String cell, Verdict verdict, String reason) {
		CellResult result = run(fault, name, cell, 1, (_) -> verdict).getFirst();
		assertThat(result.finding().because()).as(result.line()).anyMatch((because) -> because.contains(reason));
	}

	/** {@code BROKEN} for a cell that the fault affects, and else {@code SURVIVES}. */
	static Verdict brokenIf(boolean affected) {
		return affected ? Verdict.BROKEN : Verdict.SURVIVES;
	}

	static Mechanism mechanism(CellResult result) {
		return result.observation().cell().mechanism();
	}

	static boolean crossesTheNetwork(CellResult result) {
		return mechanism(result).crossesTheNetwork();
	}

}
