package io.pyserver.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * How ticks have followed each other so far, and the one rule of when a lane is silent:
 * two of its intervals and a second after its last tick. One tick may be late, and then
 * the next was due as well.
 *
 * @param last when the last tick was, or null before the first
 * @param interval the median time from one tick to the next, or null before the second
 * @param longestGap the longest time without a tick, since the first one and until now
 */
record Rhythm(@Nullable Instant last, @Nullable Duration interval, Duration longestGap) {

	private static final Duration GRACE = Duration.ofSeconds(1);

	/** The shipped probes' period, where no interval was seen. */
	private static final Duration ASSUMED = Duration.ofSeconds(5);

	/**
	 * That of some ticks.
	 * @param ticks in the order of time
	 */
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

	/** For how long nothing has come. */
	Duration quiet(Instant now) {
		return (this.last != null) ? Duration.between(this.last, now) : Duration.ZERO;
	}

	boolean isSilent(Instant now) {
		Duration due = (this.interval != null) ? this.interval : ASSUMED;
		return quiet(now).compareTo(due.multipliedBy(2).plus(GRACE)) > 0;
	}

}
