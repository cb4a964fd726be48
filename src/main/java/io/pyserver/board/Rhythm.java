package io.pyserver.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The intervals between ticks. A lane is silent when its last tick is older than two
 * intervals and one second: one tick may be late.
 *
 * @param last the time of the last tick, or null before the first
 * @param interval the median interval, or null before the second tick
 * @param longestGap the longest time without a tick, from the first tick until now
 */
record Rhythm(@Nullable Instant last, @Nullable Duration interval, Duration longestGap) {

	private static final Duration GRACE = Duration.ofSeconds(1);

	/** The period of the shipped probes, before an interval is known. */
	private static final Duration ASSUMED = Duration.ofSeconds(5);

	/** Measures ticks that are in chronological order. */
	static Rhythm of(List<Tick> ticks, Instant now) {
		if (ticks.isEmpty()) {
			return new Rhythm(null, null, Duration.ZERO);
		}
		List<Duration> gaps = IntStream.range(1, ticks.size())
			.mapToObj((i) -> Duration.between(ticks.get(i - 1).at(), ticks.get(i).at()))
			.sorted()
			.toList();
		Instant last = ticks.getLast().at();
		Duration running = Duration.between(last, now);
		Duration longest = (gaps.isEmpty() || running.compareTo(gaps.getLast()) > 0) ? running : gaps.getLast();
		return new Rhythm(last, gaps.isEmpty() ? null : gaps.get(gaps.size() / 2), longest);
	}

	/** The time since the last tick, or zero before the first. */
	Duration quiet(Instant now) {
		return (this.last != null) ? Duration.between(this.last, now) : Duration.ZERO;
	}

	boolean isSilent(Instant now) {
		Duration due = (this.interval != null) ? this.interval : ASSUMED;
		return quiet(now).compareTo(due.multipliedBy(2).plus(GRACE)) > 0;
	}

}
