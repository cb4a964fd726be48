package io.pyserver.lab;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.report.LabRun.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cells that run with a fault, and the verdicts that have to follow.
 *
 * @param name a part of the names of the namespaces
 * @param cells the selection of the cells
 * @param count how many cells there have to be
 * @param expected what has to follow for a cell
 */
record Drill(String name, String cells, int count, Sabotage fault, Function<CellResult, Expected> expected) {

	/** The probe survives; the reason does not matter. */
	static final Expected SURVIVES = new Expected(Verdict.SURVIVES, "");

	static Drill ofOneCell(String name, String cell, Sabotage fault, Verdict verdict, String reason) {
		return new Drill(name, cell, 1, fault, (_) -> new Expected(verdict, reason));
	}

	/** {@code BROKEN} for a cell that the fault affects, and else {@code SURVIVES}. */
	static Function<CellResult, Expected> brokenIf(Predicate<CellResult> affected, String reason) {
		return (result) -> affected.test(result) ? new Expected(Verdict.BROKEN, reason) : SURVIVES;
	}

	static Mechanism mechanism(CellResult result) {
		return result.observation().cell().mechanism();
	}

	static boolean crossesTheNetwork(CellResult result) {
		return mechanism(result).crossesTheNetwork();
	}

	/**
	 * Runs the cells. Fails with a line for each cell that has another verdict than
	 * expected. If all have theirs, fails with the reasons of the first cell that lacks
	 * the expected one.
	 */
	List<CellResult> run(Lab lab) {
		List<CellResult> results = lab.sabotagedBy(this.fault, this.name).run(Selection.of(this.cells).cells()).cells();
		assertThat(results.size()).as("cells that were run").isEqualTo(this.count);
		List<String> wrong = results.stream()
			.filter((result) -> result.finding().verdict() != this.expected.apply(result).verdict())
			.map((result) -> "had to be " + this.expected.apply(result).verdict() + ": " + result.line())
			.toList();
		if (!wrong.isEmpty()) {
			throw new AssertionError(
					"%d of %d cells: %s".formatted(wrong.size(), this.count, String.join("; ", wrong)));
		}
		results.forEach((result) -> assertThat(result.finding().because()).as(result.line())
			.anyMatch(Pattern.compile(this.expected.apply(result).reason()).asPredicate()));
		return results;
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What has to follow for a cell.
	 *
	 * @param reason the regular expression of a part of one of the reasons
	 */
	record Expected(Verdict verdict, String reason) {
	}

}
