package io.pyserver.lab.report;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.SeenProbe;

/** What a timeline shows, in words. */
final class TimelineText {

	private TimelineText() {
	}

	static String of(CellEvidence evidence, Span span) {
		return probes(evidence.probes()) + " "
				+ evidence.marks()
					.stream()
					.map((mark) -> mark(mark, evidence, span))
					.collect(Collectors.joining("; ", "", evidence.marks().isEmpty() ? "No marks." : "."));
	}

	private static String probes(@Nullable ProbeEvidence probes) {
		if (probes == null) {
			return "No evidence of probes.";
		}
		List<SeenProbe> seen = probes.seen();
		long failed = seen.stream().filter((probe) -> !probe.answered()).count();
		return "%d probes seen, %d of them failed; %d in the %s that were watched.".formatted(seen.size(), failed,
				probes.enforced().size(), Times.rough(Duration.between(probes.since(), probes.until())));
	}

	/** A mark, and when it was. */
	static String mark(Mark mark, CellEvidence evidence, Span span) {
		return words(mark.what(), evidence.cell().policy()) + " at " + Times.exact(span.since(mark.at()));
	}

	private static String words(Mark.What what, Policy policy) {
		boolean none = policy == Policy.NONE;
		return switch (what) {
			case READY -> "pod ready";
			case POLICY_APPLIED -> none ? "no policy to apply" : "policies applied";
			case ENFORCED -> none ? "controls all open" : "policies shown to be enforced";
			case BROKEN -> "broken on purpose";
			case RESTARTED -> "container restarted";
			case POLICY_REMOVED -> none ? "no policy to remove" : "policies removed";
		};
	}

	/** What a control is to show while the policies are enforced. */
	static String expected(Expectation during, Policy policy) {
		return switch (during) {
			case OPEN -> (policy == Policy.NONE) ? ": always open" : ": open under these policies too";
			case BLOCKED -> ": to be blocked";
			case EITHER -> ": some engines block it";
		};
	}

}
