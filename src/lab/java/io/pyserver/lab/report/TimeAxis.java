package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;

import io.pyserver.lab.evidence.CellEvidence;

/**
 * The time that a cell's evidence covers, and where in a picture a moment of it is.
 *
 * @param zero when the pod was created, or else the first mark, or else the first moment
 */
record TimeAxis(Instant zero, Instant first, Instant last) {

	/** Where the first moment is. */
	static final int LEFT = 12;

	/** Where the last one is. */
	static final int RIGHT = 628;

	private static final int MOST_TICKS = 8;

	/** Empty where nothing was seen. */
	static Optional<TimeAxis> of(CellEvidence evidence) {
		TreeSet<Instant> moments = new TreeSet<>();
		evidence.controls().forEach((control) -> control.attempts().forEach((attempt) -> moments.add(attempt.at())));
		if (evidence.probes() != null) {
			evidence.probes().seen().forEach((probe) -> moments.add(probe.at()));
			evidence.probes().claimed().forEach((probe) -> moments.add(probe.at()));
		}
		evidence.marks().forEach((mark) -> moments.add(mark.at()));
		if (evidence.subject() != null) {
			moments.add(evidence.subject().created());
		}
		if (moments.isEmpty()) {
			return Optional.empty();
		}
		Instant begin = evidence.marks().isEmpty() ? moments.first() : evidence.marks().getFirst().at();
		return Optional.of(new TimeAxis((evidence.subject() != null) ? evidence.subject().created() : begin,
				moments.first(), moments.last()));
	}

	/** The time since zero, which is negative before it. */
	Duration since(Instant moment) {
		return Duration.between(this.zero, moment);
	}

	int x(Instant moment) {
		double part = Times.inSeconds(Duration.between(this.first, moment)) / length();
		return (int) Math.round(LEFT + (RIGHT - LEFT) * Math.clamp(part, 0, 1));
	}

	private double length() {
		return Math.max(1, Times.inSeconds(Duration.between(this.first, this.last)));
	}

	/** Round numbers of seconds since zero, at most eight or so. */
	List<Long> ticks() {
		long step = step();
		return LongStream
			.rangeClosed(Math.ceilDiv(since(this.first).toSeconds(), step),
					Math.floorDiv(since(this.last).toSeconds(), step))
			.map((tick) -> tick * step)
			.boxed()
			.toList();
	}

	private long step() {
		for (long power = 1;; power *= 10) {
			for (long step : new long[] { power, 2 * power, 5 * power }) {
				if (length() / step <= MOST_TICKS) {
					return step;
				}
			}
		}
	}

}
