package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Where in a picture a moment is, and which seconds are worth a number.
 *
 * @param left where the first moment is
 * @param right where the last one is
 */
record TimeAxis(Span span, int left, int right) {

	private static final int MOST_TICKS = 8;

	int x(Instant moment) {
		double part = Times.inSeconds(Duration.between(this.span.first(), moment)) / length();
		return (int) Math.round(this.left + (this.right - this.left) * Math.clamp(part, 0, 1));
	}

	private double length() {
		return Math.max(1, Times.inSeconds(this.span.length()));
	}

	/** Round numbers of seconds since zero, at most eight or so. */
	List<Long> ticks() {
		long step = step();
		long first = Math.ceilDiv(this.span.since(this.span.first()).toSeconds(), step);
		long last = Math.floorDiv(this.span.since(this.span.last()).toSeconds(), step);
		return LongStream.rangeClosed(first, last).map((tick) -> tick * step).boxed().toList();
	}

	private long step() {
		long power = 1;
		while (true) {
			for (long step : new long[] { power, 2 * power, 5 * power }) {
				if (length() / step <= MOST_TICKS) {
					return step;
				}
			}
			power *= 10;
		}
	}

}
