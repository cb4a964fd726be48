package io.pyserver.lab.evidence;

import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The kubelet's histogram {@code prober_probe_duration_seconds} for one kind of probe of
 * a container, at one time.
 *
 * @param buckets for each bound in seconds, how many probes took no longer; the last
 * bound is infinite
 */
public record LatencyHistogram(NavigableMap<Double, Long> buckets) {

	public static final LatencyHistogram EMPTY = new LatencyHistogram(new TreeMap<>());

	/** The probes after an earlier reading. */
	public LatencyHistogram since(LatencyHistogram earlier) {
		TreeMap<Double, Long> grown = new TreeMap<>();
		this.buckets
			.forEach((bound, count) -> grown.put(bound, Math.max(0, count - earlier.buckets.getOrDefault(bound, 0L))));
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

}
