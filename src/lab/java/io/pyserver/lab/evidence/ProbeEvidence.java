package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Mechanism;

/**
 * The probes of the cell's kind: the kubelet's counts, and the probes in the pod's log.
 *
 * @param period the period of the probe
 * @param failureThreshold the number of failures in a row after which the kubelet acts
 * @param counts the counts that decide whether the probes survive
 * @param since the start of the part of the log that counts: when the policies were
 * enforced, by the clock of the pod's node
 * @param until the end of this part: when the watch ended, by the clock of the pod's node
 * @param seen all probes of the kind in the pod's log
 * @param claimed requests under enforced policies that call themselves probes and did not
 * come from the pod's node
 * @param latencyBefore how long the probes took before the policies, or null if the
 * kubelet did not report it
 * @param latencyUnder how long the probes took under enforced policies, or null if the
 * kubelet did not report it
 */
public record ProbeEvidence(@JsonProperty("periodMs") Duration period, int failureThreshold, ProbeCounts counts,
		Instant since, Instant until, List<SeenProbe> seen, List<SeenProbe> claimed, @Nullable Latency latencyBefore,
		@Nullable Latency latencyUnder) {

	/**
	 * The timeout of the shipped probes. The kubelet sends no probe while it waits for
	 * the answer to the previous one.
	 */
	public static final Duration TIMEOUT = Duration.ofSeconds(3);

	/** This many failed probes may be late answers of a busy machine. */
	public static final int LATE_ANSWERS = 1;

	/** The interval between readings of the counts. */
	private static final Duration READING = Duration.ofSeconds(1);

	/** The probes in the log after {@code since}, until {@code until}. */
	public List<SeenProbe> enforced() {
		return this.seen.stream()
			.filter((probe) -> probe.at().isAfter(this.since) && !probe.at().isAfter(this.until))
			.toList();
	}

	/** The number of probes in the log after {@code since}, until {@code until}. */
	@JsonProperty("enforced")
	public int enforcedCount() {
		return enforced().size();
	}

	/** The longest time under enforced policies without a successful probe. */
	@JsonProperty("longestGapMs")
	public Duration longestGap() {
		return this.counts.longestGap(this.period);
	}

	/**
	 * The longest gap that one failed probe explains: the failed probe takes its timeout,
	 * and the answer to the next one may take as long.
	 */
	Duration longestGapAllowed() {
		Duration interval = (this.period.compareTo(TIMEOUT) < 0) ? TIMEOUT : this.period;
		return this.period.plus(interval).plus(TIMEOUT).plus(READING);
	}

	/** The least number of successful probes: half of what the period allows. */
	long fewestSuccesses() {
		return this.counts.watched().dividedBy(this.period.multipliedBy(2));
	}

	/** The number of failures that do not count: none if the kubelet acts on one. */
	long forgiven() {
		return (this.failureThreshold > 1) ? LATE_ANSWERS : 0;
	}

	/**
	 * A request in the pod's log that is a probe, or calls itself one.
	 *
	 * @param at when it was answered, by the clock of the pod's node
	 * @param source the address that it came from
	 * @param answered whether the kubelet counts the answer as a success
	 * @param fromInsideThePod whether the source is loopback or the pod's own address
	 */
	public record SeenProbe(Instant at, String source, boolean answered, boolean fromInsideThePod) {
	}

	/** Whose address a probe came from. */
	public enum Origin implements Label {

		/** An address of the pod's node, or a link-local address. */
		OWN_NODE,
		/** Loopback, or the pod's own address. */
		INSIDE_THE_POD,
		/** Any other address. */
		ELSEWHERE;

		/**
		 * On GKE's Dataplane V2, probes come from a link-local address that no interface
		 * of the node has (cilium#17839).
		 */
		private static final String LINK_LOCAL = "169.254.";

		private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1");

		/**
		 * Where a probe came from.
		 * @param nodeAddresses every address of the pod's node
		 */
		public static Origin of(SeenProbe probe, Set<String> nodeAddresses) {
			if (probe.fromInsideThePod() || LOOPBACK.contains(probe.source())) {
				return INSIDE_THE_POD;
			}
			return (nodeAddresses.contains(probe.source()) || probe.source().startsWith(LINK_LOCAL)) ? OWN_NODE
					: ELSEWHERE;
		}

		/** Whether the kubelet's probes cannot come from there. */
		public boolean isForeignTo(Mechanism mechanism) {
			return this != (mechanism.crossesTheNetwork() ? OWN_NODE : INSIDE_THE_POD);
		}

	}

	/**
	 * How long successful probes took, as the kubelet measured it. A quantile is
	 * interpolated within its bucket, as in Prometheus.
	 *
	 * @param probes the number of probes
	 * @param medianMs the median in milliseconds
	 * @param p99Ms the 99th percentile in milliseconds
	 */
	public record Latency(long probes, double medianMs, double p99Ms) {
	}

	/**
	 * The kubelet's histogram {@code prober_probe_duration_seconds} for one kind of probe
	 * of a container, at one time.
	 *
	 * @param buckets for each bound in seconds, how many probes took no longer; the last
	 * bound is infinite
	 */
	public record LatencyHistogram(NavigableMap<Double, Long> buckets) {

		public static final LatencyHistogram EMPTY = new LatencyHistogram(new TreeMap<>());

		/** The probes after an earlier reading. */
		public LatencyHistogram since(LatencyHistogram earlier) {
			TreeMap<Double, Long> grown = new TreeMap<>();
			this.buckets.forEach(
					(bound, count) -> grown.put(bound, Math.max(0, count - earlier.buckets.getOrDefault(bound, 0L))));
			return new LatencyHistogram(grown);
		}

		/** Its median and 99th percentile, or null without a probe. */
		public @Nullable Latency latency() {
			long probes = this.buckets.isEmpty() ? 0 : this.buckets.lastEntry().getValue();
			return (probes == 0) ? null : new Latency(probes, milliseconds(0.5 * probes), milliseconds(0.99 * probes));
		}

		/** A probe in the infinite bucket counts as if it took the last finite bound. */
		private double milliseconds(double rank) {
			double lower = 0;
			long below = 0;
			for (Entry<Double, Long> bucket : this.buckets.entrySet()) {
				if (bucket.getValue() >= rank) {
					double upper = bucket.getKey().isInfinite() ? lower : bucket.getKey();
					double part = (rank - below) / (bucket.getValue() - below);
					return Math.round((lower + (upper - lower) * part) * 10_000) / 10.0;
				}
				lower = bucket.getKey();
				below = bucket.getValue();
			}
			return lower * 1_000;
		}

	}

}
