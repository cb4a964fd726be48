package io.pyserver.lab.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;

import io.pyserver.lab.evidence.Verdict;

/** How many of some cells have which verdict, each by the worst of its results. */
record VerdictCounts(@JsonValue Map<Verdict, Integer> byVerdict) {

	/** Cells whose probes had policies to survive. */
	static VerdictCounts underPolicies(LabRun run) {
		return of(run, true);
	}

	/** Cells without a policy, which the others are compared with. */
	static VerdictCounts baseline(LabRun run) {
		return of(run, false);
	}

	private static VerdictCounts of(LabRun run, boolean policies) {
		Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
		Stream.of(Verdict.values()).forEach((verdict) -> counts.put(verdict, 0));
		run.byCell()
			.values()
			.stream()
			.map(List::getFirst)
			.filter((cell) -> cell.isUnderPolicies() == policies)
			.forEach((cell) -> counts.merge(cell.verdict(), 1, Integer::sum));
		return new VerdictCounts(counts);
	}

	int total() {
		return this.byVerdict.values().stream().mapToInt(Integer::intValue).sum();
	}

	int of(Verdict verdict) {
		return this.byVerdict.getOrDefault(verdict, 0);
	}

	boolean isEmpty() {
		return total() == 0;
	}

	boolean all(Verdict verdict) {
		return of(verdict) == total();
	}

	/** As in <em>three broken</em>, of the verdicts that there are. */
	List<String> inWords(List<Verdict> order) {
		return order.stream().filter((verdict) -> of(verdict) > 0).map((verdict) -> of(verdict) + switch (verdict) {
			case SURVIVES -> " surviving";
			case BROKEN -> " broken";
			case NOT_ENFORCED -> " without policies shown to be enforced";
			case INCONCLUSIVE -> " inconclusive";
		}).toList();
	}

}
