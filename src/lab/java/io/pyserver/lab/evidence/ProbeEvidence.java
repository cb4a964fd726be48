package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.LatencyHistogram.Latency;

/**
 * The probes of the cell's kind: how many the kubelet sent and what came of them, and
 * where those in the pod's log came from.
 *
 * @param period the probe's period
 * @param failureThreshold after how many failures in a row its kubelet acts
 * @param counts what decides whether they survive
 * @param since where in the log enforcement begins, by the clock of the pod's node
 * @param until where in the log the watch ends
 * @param seen all of the kind in the pod's log, from its start on
 * @param claimed requests that called themselves probes under enforced policies, and came
 * from elsewhere than the pod's node
 * @param before how long the probes took before the policies, or null where the kubelet
 * did not say
 * @param under how long they took under enforced policies, or null where the kubelet did
 * not say
 */
public record ProbeEvidence(@JsonProperty("periodMs") Duration period, int failureThreshold, ProbeCounts counts,
		Instant since, Instant until, List<SeenProbe> seen, List<SeenProbe> claimed,
		@JsonProperty("latencyBefore") @Nullable Latency before,
		@JsonProperty("latencyUnder") @Nullable Latency under) {

	/**
	 * That of the shipped probes. The kubelet sends no probe while it waits for another's
	 * answer.
	 */
	public static final Duration TIMEOUT = Duration.ofSeconds(3);

	/** So many failed probes may be late answers of a busy machine. */
	public static final int LATE_ANSWERS = 1;

	/** A success is noticed with the next reading. */
	private static final Duration READING = Duration.ofSeconds(1);

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

	/** How many are in the log after {@code since}, until {@code until}. */
	@JsonProperty("enforced")
	public int enforcedCount() {
		return enforced().size();
	}

	/** The longest time under enforced policies in which no success was counted. */
	@JsonProperty("longestGapMs")
	public Duration longestGap() {
		return this.counts.longestGap(this.period);
	}

	/**
	 * The longest time without a success that one failed probe explains: it takes as long
	 * as its timeout, and the next one may be answered as late.
	 */
	Duration longestGapAllowed() {
		Duration interval = (this.period.compareTo(TIMEOUT) < 0) ? TIMEOUT : this.period;
		return this.period.plus(interval).plus(TIMEOUT).plus(READING);
	}

	/** How many have to succeed at least: half of what the period gives. */
	long fewestSuccesses() {
		return this.counts.watched().dividedBy(this.period.multipliedBy(2));
	}

	/** How many failed probes are none, unless the kubelet acts on a single one. */
	long forgiven() {
		return (this.failureThreshold > 1) ? LATE_ANSWERS : 0;
	}

	/**
	 * A probe that a pod received, or what said it was one.
	 *
	 * @param at when it was answered, by the clock of the pod's node
	 * @param source the address it came from
	 * @param answered whether the answer was one that the kubelet takes for success
	 * @param fromInsideThePod whether the source is loopback or the pod's own address
	 */
	public record SeenProbe(Instant at, String source, boolean answered, boolean fromInsideThePod) {

		/** One from outside the pod. */
		public SeenProbe(Instant at, String source, boolean answered) {
			this(at, source, answered, false);
		}

	}

}
