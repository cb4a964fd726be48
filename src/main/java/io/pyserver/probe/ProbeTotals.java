package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The totals of all probes of one kind since the start.
 *
 * @param count how many were answered
 * @param failures how many the kubelet counts as failures
 * @param firstSeen when the first was answered, or null before
 * @param lastSeen when the last was answered, or null before
 * @param longestGap the longest time between two successive probes; zero before the
 * second
 * @param latency the sum of all latencies
 * @param sources the number of probes by address, for at most {@value #MAX_SOURCES}
 * addresses; the others are counted under {@value #OTHERS}
 */
public record ProbeTotals(long count, long failures, @Nullable Instant firstSeen, @Nullable Instant lastSeen,
		Duration longestGap, Duration latency, Map<String, Long> sources) {

	static final ProbeTotals ZERO = new ProbeTotals(0, 0, null, null, Duration.ZERO, Duration.ZERO, Map.of());

	static final int MAX_SOURCES = 16;

	private static final String OTHERS = "others";

	/** The mean time between two successive probes, or null before the second. */
	public @Nullable Duration meanInterval() {
		return (this.count > 1 && this.firstSeen != null && this.lastSeen != null)
				? Duration.between(this.firstSeen, this.lastSeen).dividedBy(this.count - 1) : null;
	}

	/** Probes that are answered at the same time can arrive in either order. */
	ProbeTotals plus(Call call) {
		Instant first = (this.firstSeen != null && this.firstSeen.isBefore(call.time())) ? this.firstSeen : call.time();
		Instant last = (this.lastSeen != null && this.lastSeen.isAfter(call.time())) ? this.lastSeen : call.time();
		Duration gap = (this.lastSeen != null) ? Duration.between(this.lastSeen, last) : Duration.ZERO;
		return new ProbeTotals(this.count + 1, this.failures + (call.failed() ? 1 : 0), first, last,
				(gap.compareTo(this.longestGap) > 0) ? gap : this.longestGap, this.latency.plus(call.latency()),
				plus(String.valueOf(call.remoteAddress())));
	}

	private Map<String, Long> plus(String address) {
		Map<String, Long> counted = new TreeMap<>(this.sources);
		boolean known = counted.containsKey(address) || counted.size() < MAX_SOURCES;
		counted.merge(known ? address : OTHERS, 1L, Long::sum);
		return Map.copyOf(counted);
	}

}
