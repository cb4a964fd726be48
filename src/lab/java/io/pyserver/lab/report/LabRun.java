package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Verdict;

/**
 * One run of the lab: whether Kubernetes probes survive network policies on a cluster. In
 * the report for programs points in time are ISO 8601 in UTC, durations whole
 * milliseconds.
 *
 * @param started when it began
 * @param ended when the last cell was tried
 * @param cluster the cluster that was tested
 * @param settings the settings in force, in the order of their names
 * @param cells in the order of the matrix; a cell that was tried on several nodes has
 * several results, with the same id and told apart by the node of their subject
 */
@JsonPropertyOrder({ "schema", "summary", "started", "ended", "tookMs", "cluster", "settings", "verdicts" })
public record LabRun(Instant started, Instant ended, TestedCluster cluster, Map<String, String> settings,
		List<CellResult> cells) {

	static final String SCHEMA = "pyserver.io/probe-lab/3";

	public LabRun {
		settings = Collections.unmodifiableMap(new TreeMap<>(settings));
		cells = List.copyOf(cells);
	}

	/** Which schema this is by. Changes with the meaning of a field. */
	@JsonProperty
	String schema() {
		return SCHEMA;
	}

	/** What was found, in one sentence for people. */
	@JsonProperty
	public String summary() {
		return new Summary(this).text();
	}

	/** How long it took. */
	@JsonProperty("tookMs")
	Duration took() {
		return Duration.between(this.started, this.ended);
	}

	/**
	 * How many cells have which verdict. Of several results of a cell the worst counts:
	 * broken, then not-enforced, then inconclusive.
	 */
	@JsonProperty
	Verdicts verdicts() {
		return new Verdicts(counts(true), counts(false));
	}

	private VerdictCounts counts(boolean underPolicies) {
		return VerdictCounts.of(byCell().values()
			.stream()
			.map(List::getFirst)
			.filter((cell) -> cell.isUnderPolicies() == underPolicies)
			.map(CellResult::verdict)
			.toList());
	}

	/** Each cell's results, the worst first, which is the one that the cell goes by. */
	Map<Cell, List<CellResult>> byCell() {
		return this.cells.stream()
			.sorted(Comparator.comparing(CellResult::verdict, Verdict.WORST_FIRST))
			.collect(Collectors.groupingBy(CellResult::cell));
	}

	/** The rows of the matrix that the run has a cell in. */
	SortedMap<Policy, SortedSet<Order>> rows() {
		return grouped(Cell::policy, Cell::order);
	}

	/** The columns of the matrix that the run has a cell in. */
	SortedMap<Mechanism, SortedSet<Kind>> columns() {
		return grouped(Cell::mechanism, Cell::kind);
	}

	private <K, V> SortedMap<K, SortedSet<V>> grouped(Function<Cell, K> outer, Function<Cell, V> inner) {
		return this.cells.stream()
			.map(CellResult::cell)
			.collect(Collectors.groupingBy(outer, TreeMap::new,
					Collectors.mapping(inner, Collectors.toCollection(TreeSet::new))));
	}

	/** The cells of a row, whether they were run or not. */
	List<Cell> row(Policy policy, Order order) {
		return columns().entrySet()
			.stream()
			.flatMap((
					column) -> column.getValue().stream().map((kind) -> new Cell(policy, column.getKey(), kind, order)))
			.toList();
	}

	/**
	 * What a result is called: the name of its cell, and the node's where the cell has
	 * other results; in visible ASCII.
	 */
	public String name(CellResult result) {
		long results = this.cells.stream().filter((other) -> other.cell().equals(result.cell())).count();
		return VisibleText.ascii((results > 1) ? result.title() : result.cell().id());
	}

	/**
	 * How many cells have which verdict.
	 *
	 * @param underPolicies cells with a policy
	 * @param baseline cells with the policy none, with which the others are compared
	 */
	record Verdicts(VerdictCounts underPolicies, VerdictCounts baseline) {
	}

}
