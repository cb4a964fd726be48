package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Observation.Subject;
import io.pyserver.lab.evidence.Selection;

/**
 * A run of the lab: whether Kubernetes probes survive network policies on a cluster. In
 * the report for programs, times are ISO 8601 in UTC, and durations are whole
 * milliseconds.
 *
 * @param started when it began
 * @param ended when the last cell was tried
 * @param cluster the cluster under test
 * @param settings the settings of the run, by their names
 * @param cells in the order of the matrix; a cell that was tried on several nodes has a
 * result for each node
 */
@JsonPropertyOrder({ "schema", "summary", "started", "ended", "tookMs", "cluster", "settings", "verdicts" })
public record LabRun(Instant started, Instant ended, TestedCluster cluster, Map<String, String> settings,
		List<CellResult> cells) {

	static final String SCHEMA = "pyserver.io/probe-lab/3";

	public LabRun {
		settings = Collections.unmodifiableMap(new TreeMap<>(settings));
	}

	/** The version of the schema. It changes if a field changes its meaning. */
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
	 * How many cells have which verdict. A cell with several results has the worst of
	 * their verdicts: broken, then not-enforced, then inconclusive.
	 */
	@JsonProperty
	Verdicts verdicts() {
		Verdicts verdicts = new Verdicts(new EnumMap<>(Verdict.class), new EnumMap<>(Verdict.class));
		for (Verdict verdict : Verdict.values()) {
			verdicts.underPolicies.put(verdict, 0);
			verdicts.baseline.put(verdict, 0);
		}
		byCell().values()
			.stream()
			.map(List::getFirst)
			.forEach((worst) -> (worst.isUnderPolicies() ? verdicts.underPolicies : verdicts.baseline)
				.merge(worst.verdict(), 1, Integer::sum));
		return verdicts;
	}

	/** The results of each cell, the worst first. */
	Map<Cell, List<CellResult>> byCell() {
		return this.cells.stream()
			.sorted(Comparator.comparing(CellResult::verdict, Verdict.WORST_FIRST))
			.collect(Collectors.groupingBy(CellResult::cell));
	}

	/** All cells of each row of the matrix that has a cell of the run. */
	Map<Policy, TreeMap<Order, List<Cell>>> rows() {
		return Selection.matrix()
			.filter((cell) -> this.cells.stream()
				.map(CellResult::cell)
				.anyMatch((ran) -> ran.policy() == cell.policy() && ran.order() == cell.order()))
			.collect(Collectors.groupingBy(Cell::policy, TreeMap::new,
					Collectors.groupingBy(Cell::order, TreeMap::new, Collectors.toList())));
	}

	/**
	 * The name of a result in ASCII: that of its cell, and of its node if the cell has
	 * other results.
	 */
	public String name(CellResult result) {
		long results = this.cells.stream().filter((other) -> other.cell().equals(result.cell())).count();
		return VisibleText.ascii((results > 1) ? result.title() : result.cell().id());
	}

	/**
	 * What was observed of a cell, and what follows from it.
	 *
	 * @param observation what was observed
	 * @param finding what follows from it
	 * @param details the folder with logs, events and objects, by its path from the
	 * report such as {@code details/deny-both-pod-first}, or null without one
	 */
	@JsonPropertyOrder({ "finding", "details", "observation" })
	public record CellResult(@JsonUnwrapped Observation observation, @JsonUnwrapped Finding finding,
			@Nullable String details) {

		private static final int LENGTH = 240;

		/** The cell, its verdict and the reasons, in at most 240 characters of ASCII. */
		public String line() {
			String reasons = String.join("; ", this.finding.because());
			return Finding.cut(VisibleText.ascii("%s: %s: %s".formatted(title(), verdict().name(), reasons)), LENGTH);
		}

		/**
		 * Does nothing if the probe survives.
		 * @throws AssertionError with the line if it does not
		 */
		public void assertSurvives() {
			if (verdict() != Verdict.SURVIVES) {
				throw new AssertionError(line());
			}
		}

		/** The name of the cell, and of the node if there was a pod. */
		String title() {
			return cell().id() + node().map(" on node "::concat).orElse("");
		}

		Cell cell() {
			return this.observation.cell();
		}

		Verdict verdict() {
			return this.finding.verdict();
		}

		/** The node of its pod, or empty if there was no pod. */
		Optional<String> node() {
			return Optional.ofNullable(this.observation.subject()).map(Subject::node);
		}

		/** Whether the cell has a policy. */
		boolean isUnderPolicies() {
			return cell().policy() != Policy.NONE;
		}

	}

	/**
	 * How many cells have which verdict.
	 *
	 * @param underPolicies the cells with a policy
	 * @param baseline the cells with the policy none
	 */
	record Verdicts(Map<Verdict, Integer> underPolicies, Map<Verdict, Integer> baseline) {
	}

	/**
	 * The cluster under test.
	 *
	 * @param name the kube context, or the node image of a throw-away cluster
	 * @param kubernetes the version of Kubernetes
	 * @param engine what enforces policies, or {@code unknown}
	 * @param nodes the names of the nodes
	 * @param image the image under test, as its pods name it
	 * @param limits what could not be tried; the verdicts do not include it
	 */
	public record TestedCluster(String name, String kubernetes, String engine, List<String> nodes, String image,
			List<String> limits) {
	}

}
