package io.pyserver.lab.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;

/**
 * A run's cells in rows and columns, of which there are those that the run has a cell in.
 */
record Matrix(List<Row> rows, List<Column> columns, Map<Cell, List<CellResult>> results) {

	static Matrix of(LabRun run) {
		Map<Cell, List<CellResult>> results = run.byCell();
		return new Matrix(
				results.keySet()
					.stream()
					.map((cell) -> new Row(cell.policy(), cell.order()))
					.distinct()
					.sorted(Comparator.comparing(Row::policy).thenComparing(Row::order))
					.toList(),
				results.keySet()
					.stream()
					.map((cell) -> new Column(cell.mechanism(), cell.kind()))
					.distinct()
					.sorted(Comparator.comparing(Column::mechanism).thenComparing(Column::kind))
					.toList(),
				results);
	}

	/** The worst result; empty where the cell was not run. */
	Optional<CellResult> at(Row row, Column column) {
		return all(row, column).stream().findFirst();
	}

	/** Every result, the worst first; none where the cell was not run. */
	List<CellResult> all(Row row, Column column) {
		return this.results.getOrDefault(new Cell(row.policy(), column.mechanism(), column.kind(), row.order()),
				List.of());
	}

	List<Policy> policies() {
		return this.rows.stream().map(Row::policy).distinct().toList();
	}

	List<Row> rows(Policy policy) {
		return this.rows.stream().filter((row) -> row.policy() == policy).toList();
	}

	List<Mechanism> mechanisms() {
		return this.columns.stream().map(Column::mechanism).distinct().toList();
	}

	List<Column> columns(Mechanism mechanism) {
		return this.columns.stream().filter((column) -> column.mechanism() == mechanism).toList();
	}

	/** What the cells of a row have in common. */
	record Row(Policy policy, Order order) {
	}

	/** What the cells of a column have in common. */
	record Column(Mechanism mechanism, Kind kind) {
	}

}
