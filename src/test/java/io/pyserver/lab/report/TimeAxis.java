package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.evidence.Subject;

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
		Optional<Instant> created = Optional.ofNullable(evidence.subject()).map(Subject::created);
		List<Instant> moments = Stream
			.of(created.stream(), evidence.marks().stream().map(Mark::at),
					evidence.controls().stream().flatMap((control) -> control.attempts().stream()).map(Attempt::at),
					Stream.ofNullable(evidence.probes())
						.flatMap((probes) -> Stream.concat(probes.seen().stream(), probes.claimed().stream()))
						.map(SeenProbe::at))
			.flatMap((each) -> each)
			.toList();
		return moments.stream()
			.min(Instant::compareTo)
			.map((first) -> new TimeAxis(
					created.or(() -> evidence.marks().stream().map(Mark::at).findFirst()).orElse(first), first,
					moments.stream().max(Instant::compareTo).orElse(first)));
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
