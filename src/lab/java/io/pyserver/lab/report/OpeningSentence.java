package io.pyserver.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.Verdict;

/**
 * What a run found, on which cluster, and on how much evidence.
 *
 * @param claim what was found, and where
 * @param evidence what that rests on
 */
record OpeningSentence(String claim, String evidence) {

	static OpeningSentence of(LabRun run) {
		return new OpeningSentence(Claim.of(run) + " on " + place(run.cluster()), evidence(run));
	}

	private static String place(TestedCluster cluster) {
		String engine = cluster.engine().equals("unknown") ? "policy engine unknown" : cluster.engine();
		return "%s (Kubernetes %s, %s)".formatted(cluster.name(), cluster.kubernetes(), engine);
	}

	private static String evidence(LabRun run) {
		VerdictCounts tested = VerdictCounts.underPolicies(run);
		VerdictCounts baseline = VerdictCounts.baseline(run);
		List<String> parts = new ArrayList<>();
		if (!tested.isEmpty()) {
			parts.add(cells(tested, baseline));
		}
		NodesApart.of(run).ifPresent(parts::add);
		baseline(baseline).forEach(parts::add);
		List<CellResult> enforced = enforced(run);
		if (!enforced.isEmpty()) {
			parts.add(counted(succeeded(enforced), "probe") + " succeeded under enforced policies");
		}
		ControlTally controls = ControlTally.of(run);
		parts.add((controls.total() == 0) ? "no control connection tried" : "%s of %s as expected"
			.formatted(controls.asExpected(), counted(controls.total(), "control connection")));
		return String.join("; ", parts) + ", in " + Times.rough(run.took());
	}

	/** Where the claim is that all survive, that need not be said again. */
	private static String cells(VerdictCounts tested, VerdictCounts baseline) {
		if (tested.all(Verdict.SURVIVES) && baseline.all(Verdict.SURVIVES)) {
			return "%d of %s".formatted(tested.total(), counted(tested.total(), "cell"));
		}
		List<String> found = tested
			.inWords(List.of(Verdict.BROKEN, Verdict.SURVIVES, Verdict.NOT_ENFORCED, Verdict.INCONCLUSIVE));
		return String.join(", ", found).replaceFirst(" ", " of %s ".formatted(counted(tested.total(), "cell")));
	}

	private static Stream<String> baseline(VerdictCounts baseline) {
		if (baseline.isEmpty()) {
			return Stream.empty();
		}
		int sound = baseline.of(Verdict.SURVIVES);
		return Stream.of("without any policy, probes %s in %d of %s".formatted(
				(sound == baseline.total()) ? "arrive" : "are shown to arrive only", sound,
				counted(baseline.total(), "baseline cell")));
	}

	/** Where enforcement was not shown, a probe says nothing. */
	private static List<CellResult> enforced(LabRun run) {
		return run.cells()
			.stream()
			.filter(CellResult::isUnderPolicies)
			.filter((result) -> result.verdict() == Verdict.SURVIVES || result.verdict() == Verdict.BROKEN)
			.toList();
	}

	private static long succeeded(List<CellResult> results) {
		return results.stream().mapToLong((result) -> succeeded(result.evidence())).sum();
	}

	private static long succeeded(CellEvidence evidence) {
		if (evidence.probes() == null) {
			return 0;
		}
		ProbeCounts counts = evidence.probes().counts();
		return (evidence.cell().kind() == Kind.STARTUP) ? counts.successfulInAll() : counts.successfulWhileEnforced();
	}

	private static String counted(long count, String noun) {
		return count + " " + noun + ((count != 1) ? "s" : "");
	}

	/** The sentence, with its full stop. */
	String text() {
		return this.claim + ": " + this.evidence + ".";
	}

}
