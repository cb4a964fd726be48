package io.pyserver.lab;

import java.util.List;
import java.util.function.Function;

import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.report.CellResult;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares whole tables of verdicts, cell by cell. */
final class Verdicts {

	private Verdicts() {
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

}
