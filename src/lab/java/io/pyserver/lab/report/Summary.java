package io.pyserver.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.Verdict;

/**
 * One sentence on what a run found, on which cluster, and on how much evidence. It speaks
 * of the worst that was seen: nothing is said to survive where a probe failed or a cell
 * is open.
 */
record Summary(LabRun run, VerdictCounts tested, VerdictCounts baseline) {

	Summary(LabRun run) {
		this(run, run.verdicts().underPolicies(), run.verdicts().baseline());
	}

	/** The sentence, with its full stop. */
	String text() {
		return claim() + ": " + evidence() + ".";
	}

	/** What was found, and where. */
	String claim() {
		TestedCluster cluster = this.run.cluster();
		String engine = cluster.engine().equals("unknown") ? "policy engine unknown" : cluster.engine();
		return "%s on %s (Kubernetes %s, %s)".formatted(verdict(), cluster.name(), cluster.kubernetes(), engine);
	}

	private String verdict() {
		int cells = this.tested.total();
		if (this.tested.broken() > 0) {
			return (this.tested.broken() == cells) ? "Probes break under default-deny"
					: "Some probes break under default-deny";
		}
		if (this.baseline.broken() > 0) {
			return "Probes break even without a policy";
		}
		if (cells == 0) {
			return "No policy was tested";
		}
		if (this.tested.notEnforced() == cells) {
			return "Policies were not enforced, so nothing is known of probes";
		}
		if (this.tested.notEnforced() + this.baseline.notEnforced() > 0) {
			return "Policies were not shown to be enforced in every cell";
		}
		if (this.tested.allSurvive() && this.baseline.allSurvive()) {
			return "Probes survive default-deny";
		}
		return (this.tested.survives() == 0) ? "What default-deny does to probes is not known"
				: "What default-deny does to probes is not known in every cell";
	}

	/** What that rests on. */
	String evidence() {
		List<String> parts = new ArrayList<>();
		if (this.tested.total() > 0) {
			parts.add(testedCells());
		}
		nodesApart().ifPresent(parts::add);
		if (this.baseline.total() > 0) {
			parts.add("without any policy, probes %s in %d of %s".formatted(
					this.baseline.allSurvive() ? "arrive" : "are shown to arrive only", this.baseline.survives(),
					counted(this.baseline.total(), "baseline cell")));
		}
		List<CellResult> enforced = underEnforcedPolicies();
		if (!enforced.isEmpty()) {
			long succeeded = enforced.stream().mapToLong(Summary::succeeded).sum();
			parts.add(counted(succeeded, "probe") + " succeeded under enforced policies");
		}
		parts.add(controls());
		return String.join("; ", parts) + ", in " + Times.rough(this.run.took());
	}

	/** Where the claim is that all survive, that need not be said again. */
	private String testedCells() {
		String cells = counted(this.tested.total(), "cell");
		return (this.tested.allSurvive() && this.baseline.allSurvive()) ? this.tested.total() + " of " + cells
				: String.join(", ", this.tested.inWords()).replaceFirst(" ", " of %s ".formatted(cells));
	}

	/**
	 * Which nodes alone have what does not survive under policies, while all survives on
	 * the others.
	 * @return such as {@code only on node agent3 of 5}; empty where no node differs, or
	 * where it is not known of every result which node it is of
	 */
	Optional<String> nodesApart() {
		TreeSet<String> nodes = new TreeSet<>();
		TreeSet<String> hit = new TreeSet<>();
		for (CellResult result : this.run.cells().stream().filter(CellResult::isUnderPolicies).toList()) {
			if (result.node().isEmpty()) {
				return Optional.empty();
			}
			nodes.add(result.node().get());
			if (result.verdict() != Verdict.SURVIVES) {
				hit.add(result.node().get());
			}
		}
		return (hit.isEmpty() || hit.size() == nodes.size()) ? Optional.empty() : Optional
			.of("only on node%s %s of %d".formatted((hit.size() > 1) ? "s" : "", String.join(", ", hit), nodes.size()));
	}

	/** Where enforcement was not shown, a probe says nothing. */
	private List<CellResult> underEnforcedPolicies() {
		return this.run.cells()
			.stream()
			.filter(CellResult::isUnderPolicies)
			.filter((result) -> result.verdict() == Verdict.SURVIVES || result.verdict() == Verdict.BROKEN)
			.toList();
	}

	private static long succeeded(CellResult result) {
		if (result.observation().probes() == null) {
			return 0;
		}
		ProbeCounts counts = result.observation().probes().counts();
		return (result.cell().kind() == Kind.STARTUP) ? counts.successfulInAll() : counts.successfulWhileEnforced();
	}

	/** The cells of one pod share their controls, which count once. */
	private String controls() {
		List<Tried> tried = this.run.cells()
			.stream()
			.flatMap((result) -> Tried.of(result).stream())
			.distinct()
			.toList();
		long total = tried.stream().mapToLong((each) -> each.attempts(false)).sum();
		long met = tried.stream().mapToLong((each) -> each.attempts(true)).sum();
		return tried.isEmpty() ? "no control connection tried"
				: "%d of %s as expected".formatted(met, counted(total, "control connection"));
	}

	private static String counted(long count, String noun) {
		return count + " " + noun + ((count != 1) ? "s" : "");
	}

	/** A control of a pod. Attempts of which nothing is expected do not count. */
	private record Tried(List<Object> pod, Policy policy, ControlEvidence control) {

		static List<Tried> of(CellResult result) {
			Cell cell = result.cell();
			List<Object> pod = List.of(cell.policy(), cell.effectiveOrder(), cell.mechanism(), result.node());
			return result.observation()
				.controls()
				.stream()
				.map((control) -> new Tried(pod, cell.policy(), control))
				.toList();
		}

		long attempts(boolean asExpectedOnly) {
			return this.control.attempts()
				.stream()
				.filter((attempt) -> this.control.expected(attempt, this.policy) != Expectation.EITHER)
				.filter((attempt) -> !asExpectedOnly || this.control.isAsExpected(attempt, this.policy))
				.count();
		}

	}

}
