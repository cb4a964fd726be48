package io.pyserver.lab.report;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;

/**
 * A run's cells in rows and columns, of which there are those that the run has a cell in.
 *
 * @param results of each cell that was run, the worst first
 */
record Matrix(SortedMap<Policy, SortedSet<Order>> rows, SortedMap<Mechanism, SortedSet<Kind>> columns,
		Map<Cell, List<CellResult>> results) {

	static Matrix of(LabRun run) {
		Map<Cell, List<CellResult>> results = run.byCell();
		return new Matrix(
				results.keySet()
					.stream()
					.collect(Collectors.groupingBy(Cell::policy, TreeMap::new,
							Collectors.mapping(Cell::order, Collectors.toCollection(TreeSet::new)))),
				results.keySet()
					.stream()
					.collect(Collectors.groupingBy(Cell::mechanism, TreeMap::new,
							Collectors.mapping(Cell::kind, Collectors.toCollection(TreeSet::new)))),
				results);
	}

	/** The cells of a row, whether they were run or not. */
	List<Cell> row(Policy policy, Order order) {
		return this.columns.entrySet()
			.stream()
			.flatMap((
					column) -> column.getValue().stream().map((kind) -> new Cell(policy, column.getKey(), kind, order)))
			.toList();
	}

	/** A cell's results; none where it was not run. */
	List<CellResult> of(Cell cell) {
		return this.results.getOrDefault(cell, List.of());
	}

}
