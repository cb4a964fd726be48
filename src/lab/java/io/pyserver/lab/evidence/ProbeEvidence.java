package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The probes of the cell's kind that the pod received.
 *
 * @param period the probe's period
 * @param since when the controls had shown enforcement
 * @param until when the watch ended; after that something is broken on purpose
 * @param seen all of the kind, from the pod's start on, by its log
 * @param byLog how many probes of the kind the log held when the history was read, as
 * near as can be told
 * @param byHistory how many the pod's history counted then, or null where it keeps none:
 * of exec, which it does not take for the kubelet's
 * @param claimed what said during the watch that it was a probe and was none
 */
public record ProbeEvidence(Duration period, Instant since, Instant until, List<SeenProbe> seen, int byLog,
		@Nullable Integer byHistory, List<SeenProbe> claimed) {

	/**
	 * That of the shipped probes. The kubelet sends no probe while it waits for another's
	 * answer.
	 */
	public static final Duration TIMEOUT = Duration.ofSeconds(3);

	public ProbeEvidence {
		seen = List.copyOf(seen);
		claimed = List.copyOf(claimed);
	}

	/** Those that arrived while the policies were enforced and nothing was broken. */
	public List<SeenProbe> enforced() {
		return this.seen.stream()
			.filter((probe) -> probe.at().isAfter(this.since) && !probe.at().isAfter(this.until))
			.toList();
	}

	/** The longest time without one, from the first moment of enforcement to the last. */
	public Duration longestGap() {
		Duration longest = Duration.ZERO;
		Instant latest = this.since;
		for (SeenProbe probe : enforced()) {
			longest = max(longest, Duration.between(latest, probe.at()));
			latest = probe.at();
		}
		return max(longest, Duration.between(latest, this.until));
	}

	static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? other : one;
	}

}
