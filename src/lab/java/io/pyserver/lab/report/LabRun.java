package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Verdict;

/**
 * One run of the lab.
 *
 * @param settings the settings in force, in the order of their names
 * @param cells in the order of the matrix; a cell that was tried on several nodes has
 * several results
 */
public record LabRun(Instant started, Instant ended, TestedCluster cluster, Map<String, String> settings,
		List<CellResult> cells) {

	public LabRun {
		settings = Collections.unmodifiableMap(new TreeMap<>(settings));
		cells = List.copyOf(cells);
	}

	/** What was found, on which cluster and on how much evidence, in one sentence. */
	public String summary() {
		return VisibleText.ascii(OpeningSentence.of(this).text());
	}

	Duration took() {
		return Duration.between(this.started, this.ended);
	}

	/** Each cell's results, the worst first, which is the one that the cell goes by. */
	Map<Cell, List<CellResult>> byCell() {
		return this.cells.stream()
			.sorted(Comparator.comparing(CellResult::verdict, Verdict.WORST_FIRST))
			.collect(Collectors.groupingBy(CellResult::cell));
	}

	/** That of the result's cell, and the node's where the cell has other results. */
	public String name(CellResult result) {
		long results = this.cells.stream().filter((other) -> other.cell().equals(result.cell())).count();
		return VisibleText.ascii((results > 1) ? result.title() : result.cell().id());
	}

}
