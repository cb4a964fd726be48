package io.pyserver.lab.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.report.LabRun.CellResult;

/**
 * One sentence: what a run found, on which cluster, and with how much evidence. It names
 * the worst result, and says that probes survive only if every cell survives.
 */
record Summary(LabRun run, Map<Verdict, Integer> tested, Map<Verdict, Integer> baseline) {

	Summary(LabRun run) {
		this(run, run.verdicts().underPolicies(), run.verdicts().baseline());
	}

	/** The sentence, with its full stop. */
	String text() {
		return claim() + ": " + evidence() + ".";
	}

	/** What was found, and on which cluster. */
	String claim() {
		LabRun.TestedCluster cluster = this.run.cluster();
		String engine = cluster.engine().equals("unknown") ? "policy engine unknown" : cluster.engine();
		return "%s on %s (Kubernetes %s, %s)".formatted(verdict(), cluster.name(), cluster.kubernetes(), engine);
	}

	private String verdict() {
		int cells = total(this.tested);
		if (this.tested.get(Verdict.BROKEN) > 0) {
			return (this.tested.get(Verdict.BROKEN) == cells) ? "Probes break under default-deny"
					: "Some probes break under default-deny";
		}
		if (this.baseline.get(Verdict.BROKEN) > 0) {
			return "Probes break even without a policy";
		}
		if (cells == 0) {
			return "No policy was tested";
		}
		if (this.tested.get(Verdict.NOT_ENFORCED) == cells) {
			return "Policies were not enforced, so nothing is known of probes";
		}
		if (this.tested.get(Verdict.NOT_ENFORCED) + this.baseline.get(Verdict.NOT_ENFORCED) > 0) {
			return "Policies were not shown to be enforced in every cell";
		}
		int survive = this.tested.get(Verdict.SURVIVES);
		if (survive == cells && this.baseline.get(Verdict.SURVIVES) == total(this.baseline)) {
			return "Probes survive default-deny";
		}
		return (survive == 0) ? "What default-deny does to probes is not known"
				: "What default-deny does to probes is not known in every cell";
	}

	private static int total(Map<Verdict, Integer> counts) {
		return counts.values().stream().mapToInt(Integer::intValue).sum();
	}

	String evidence() {
		List<String> parts = new ArrayList<>();
		if (total(this.tested) > 0) {
			parts.add(words(this.tested).replaceFirst(" ", " of %s ".formatted(counted(total(this.tested), "cell"))));
		}
		nodesApart().ifPresent(parts::add);
		if (total(this.baseline) > 0) {
			parts.add("without any policy, probes arrive in %d of %s".formatted(this.baseline.get(Verdict.SURVIVES),
					counted(total(this.baseline), "baseline cell")));
		}
		if (succeeded() > 0) {
			parts.add(counted(succeeded(), "probe") + " succeeded under enforced policies");
		}
		parts.add(controls());
		return String.join("; ", parts) + ", in " + minutes(this.run.took());
	}

	/** Such as {@code 1 broken, 3 surviving}, or {@code not run} without a cell. */
	static String words(Map<Verdict, Integer> counts) {
		String words = Stream.of(Verdict.values())
			.sorted(Verdict.WORST_FIRST)
			.filter((verdict) -> counts.get(verdict) > 0)
			.map((verdict) -> counts.get(verdict) + " "
					+ ((verdict == Verdict.SURVIVES) ? "surviving" : verdict.label().replace('-', ' ')))
			.collect(Collectors.joining(", "));
		return words.isEmpty() ? "not run" : words;
	}

	/** Such as {@code 3 min 10 s} or {@code 57 s}. */
	static String minutes(Duration duration) {
		return (duration.toMinutes() > 0) ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
				: duration.toSeconds() + " s";
	}

	/**
	 * The nodes on which some probes do not survive policies, if all probes survive on
	 * other nodes.
	 * @return such as {@code only on node agent3 of 5}, or empty if nodes do not differ
	 * or the node of a result is not known
	 */
	Optional<String> nodesApart() {
		List<CellResult> results = this.run.cells().stream().filter(CellResult::isUnderPolicies).toList();
		TreeSet<String> nodes = new TreeSet<>();
		TreeSet<String> apart = new TreeSet<>();
		for (CellResult result : results) {
			result.node().ifPresent(((result.verdict() == Verdict.SURVIVES) ? nodes : apart)::add);
		}
		nodes.addAll(apart);
		boolean known = results.stream().allMatch((result) -> result.node().isPresent());
		return (known && !apart.isEmpty() && apart.size() < nodes.size()) ? Optional.of("only on node%s %s of %d"
			.formatted((apart.size() > 1) ? "s" : "", String.join(", ", apart), nodes.size())) : Optional.empty();
	}

	/** The successful probes of cells whose policies were enforced. */
	private long succeeded() {
		return this.run.cells()
			.stream()
			.filter((result) -> result.isUnderPolicies()
					&& (result.verdict() == Verdict.SURVIVES || result.verdict() == Verdict.BROKEN))
			.map(CellResult::observation)
			.filter((observation) -> observation.probes() != null)
			.mapToLong((observation) -> observation.probes().counts().successful(observation.cell().kind()))
			.sum();
	}

	/** The cells of one pod share their controls, which count once. */
	private String controls() {
		Collection<CellResult> pods = this.run.cells().stream().collect(Collectors.toMap((result) -> {
			Cell cell = result.cell();
			return List.of(cell.policy(), cell.effectiveOrder(), cell.mechanism(), result.node());
		}, (result) -> result, (one, _) -> one)).values();
		List<Boolean> asExpected = pods.stream().flatMap(Summary::asExpected).toList();
		return asExpected.isEmpty() ? "no control connection tried"
				: "%d of %s as expected".formatted(asExpected.stream().filter(Boolean::booleanValue).count(),
						counted(asExpected.size(), "control connection"));
	}

	/** Whether each attempt with an expectation met it. */
	private static Stream<Boolean> asExpected(CellResult result) {
		return result.observation()
			.controls()
			.stream()
			.flatMap((control) -> control.attempts()
				.stream()
				.filter((attempt) -> control.expected(attempt, result.cell().policy()) != Expectation.EITHER)
				.map((attempt) -> control.isAsExpected(attempt, result.cell().policy())));
	}

	private static String counted(long count, String noun) {
		return count + " " + noun + ((count != 1) ? "s" : "");
	}

}
