package io.pyserver.lab.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;

import io.pyserver.lab.evidence.Verdict;

/** How many of some cells have which verdict, each by the worst of its results. */
record VerdictCounts(List<Verdict> verdicts) {

	/** Cells whose probes had policies to survive. */
	static VerdictCounts underPolicies(LabRun run) {
		return of(run, true);
	}

	/** Cells without a policy, which the others are compared with. */
	static VerdictCounts baseline(LabRun run) {
		return of(run, false);
	}

	private static VerdictCounts of(LabRun run, boolean policies) {
		return new VerdictCounts(run.byCell()
			.values()
			.stream()
			.map(List::getFirst)
			.filter((cell) -> cell.isUnderPolicies() == policies)
			.map((cell) -> cell.finding().verdict())
			.toList());
	}

	/** How many have each verdict that there is. */
	@JsonValue
	Map<Verdict, Integer> byVerdict() {
		Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
		for (Verdict verdict : Verdict.values()) {
			counts.put(verdict, of(verdict));
		}
		return counts;
	}

	int total() {
		return this.verdicts.size();
	}

	int of(Verdict verdict) {
		return (int) this.verdicts.stream().filter((each) -> each == verdict).count();
	}

	boolean isEmpty() {
		return this.verdicts.isEmpty();
	}

	boolean all(Verdict verdict) {
		return of(verdict) == total();
	}

}
