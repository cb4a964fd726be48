package io.pyserver.lab.report;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.pyserver.lab.evidence.Verdict;

/**
 * How many of some cells have which verdict.
 *
 * @param survives whose probes survive
 * @param broken whose probes fail
 * @param notEnforced whose policies were not shown to be enforced
 * @param inconclusive of which evidence is missing
 */
record VerdictCounts(int survives, int broken, @JsonProperty("not-enforced") int notEnforced, int inconclusive) {

	static VerdictCounts of(List<Verdict> verdicts) {
		return new VerdictCounts(Collections.frequency(verdicts, Verdict.SURVIVES),
				Collections.frequency(verdicts, Verdict.BROKEN), Collections.frequency(verdicts, Verdict.NOT_ENFORCED),
				Collections.frequency(verdicts, Verdict.INCONCLUSIVE));
	}

	int total() {
		return this.survives + this.broken + this.notEnforced + this.inconclusive;
	}

	boolean allSurvive() {
		return this.survives == total();
	}

	/** As in <em>three broken</em>, of the verdicts that there are. */
	List<String> inWords() {
		return Stream
			.of(this.broken + " broken", this.survives + " surviving",
					this.notEnforced + " without policies shown to be enforced", this.inconclusive + " inconclusive")
			.filter((count) -> !count.startsWith("0 "))
			.toList();
	}

}
