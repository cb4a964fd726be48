package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Label;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * An observation as a picture: a row for its probes, and one for each control, above an
 * axis of time.
 *
 * @param zero when the pod was created, or else the first mark, or else the first moment
 */
record Timeline(Observation observation, Instant zero, Instant first, Instant last) {

	/** Where the first moment is. */
	static final int LEFT = 12;

	/** Where the last one is. */
	static final int RIGHT = 628;

	/** Where the first row begins. */
	static final int TOP = 48;

	/** From row to row. */
	static final int ROW = 42;

	/** Of flags that do not touch. */
	private static final int DISTANCE = 24;

	private static final int MOST_TICKS = 8;

	/** Empty where nothing was seen in time. */
	static Optional<Timeline> of(Observation observation) {
		List<Mark> marks = observation.marks();
		TreeSet<Instant> moments = new TreeSet<>();
		observation.controls().forEach((control) -> control.attempts().forEach((attempt) -> moments.add(attempt.at())));
		if (observation.probes() != null) {
			observation.probes().seen().forEach((probe) -> moments.add(probe.at()));
			observation.probes().claimed().forEach((probe) -> moments.add(probe.at()));
		}
		marks.forEach((mark) -> moments.add(mark.at()));
		if (observation.subject() != null) {
			moments.add(observation.subject().created());
		}
		if (moments.isEmpty()) {
			return Optional.empty();
		}
		Instant begin = marks.isEmpty() ? moments.first() : marks.getFirst().at();
		return Optional
			.of(new Timeline(observation, (observation.subject() != null) ? observation.subject().created() : begin,
					moments.first(), moments.last()));
	}

	/** Where a moment is. */
	int x(Instant moment) {
		double part = Duration.between(this.first, moment).toMillis() / length();
		return (int) Math.round(LEFT + (RIGHT - LEFT) * Math.clamp(part, 0, 1));
	}

	/** In milliseconds. */
	private double length() {
		return Math.max(1_000, Duration.between(this.first, this.last).toMillis());
	}

	/** When something was, in seconds since zero, which are negative before it. */
	String seconds(Instant moment) {
		return Times.number(Duration.between(this.zero, moment));
	}

	/** Round numbers of seconds since zero, at most eight or so. */
	List<Long> ticks() {
		long step = step();
		return LongStream
			.rangeClosed(Math.ceilDiv(Duration.between(this.zero, this.first).toSeconds(), step),
					Math.floorDiv(Duration.between(this.zero, this.last).toSeconds(), step))
			.map((tick) -> tick * step)
			.boxed()
			.toList();
	}

	private long step() {
		for (long power = 1;; power *= 10) {
			for (long step : new long[] { power, 2 * power, 5 * power }) {
				if (length() / 1_000 / step <= MOST_TICKS) {
					return step;
				}
			}
		}
	}

	/** Where the last row ends. */
	int bottom() {
		return TOP + ROW * (1 + (hasClaimed() ? 1 : 0) + this.observation.controls().size());
	}

	/** Whether there is a second row of probes, for those that were none. */
	boolean hasClaimed() {
		return this.observation.probes() != null && !this.observation.probes().claimed().isEmpty();
	}

	/** The time with policies, at first with the engine at work. */
	List<Band> bands() {
		Optional<Instant> applied = first(What.POLICY_APPLIED);
		if (this.observation.cell().policy() == Policy.NONE || applied.isEmpty()) {
			return List.of();
		}
		int left = x(applied.get());
		int right = x(first(What.POLICY_REMOVED).orElse(this.last));
		int enforced = first(What.ENFORCED).map(this::x).orElse(right);
		return List.of(new Band("settling", left, Math.max(0, enforced - left)),
				new Band("enforced", enforced, Math.max(0, right - enforced)));
	}

	private Optional<Instant> first(What what) {
		return this.observation.marks().stream().filter((mark) -> mark.what() == what).map(Mark::at).findFirst();
	}

	/** The marks, by turns at two heights where they are close together. */
	List<Flag> flags() {
		List<Flag> flags = new ArrayList<>();
		for (Mark mark : this.observation.marks()) {
			int x = x(mark.at());
			boolean below = !flags.isEmpty() && x - flags.getLast().x() < DISTANCE && flags.getLast().y() == 12;
			flags.add(new Flag(mark.what(), flags.size() + 1, x, below ? 32 : 12));
		}
		return flags;
	}

	List<Glyph> glyphs(SeenProbe probe) {
		if (this.observation.isForeign(probe)) {
			return probe.answered() ? List.of(Glyph.FOREIGN) : List.of(Glyph.FAILED, Glyph.FOREIGN);
		}
		return List.of(probe.answered() ? Glyph.ANSWERED : Glyph.FAILED);
	}

	List<Glyph> glyphs(Attempt attempt, ControlEvidence control) {
		Glyph glyph = switch (attempt.reach()) {
			case REACHED -> Glyph.OPEN;
			case REFUSED, TIMED_OUT -> Glyph.BLOCKED;
			case BROKEN_OFF -> Glyph.BROKEN_OFF;
		};
		return control.isAsExpected(attempt, this.observation.cell().policy()) ? List.of(glyph)
				: List.of(glyph, Glyph.UNEXPECTED);
	}

	/** The probes as strokes of a path; those that fall together are drawn once. */
	String strokes(boolean answered, String stroke) {
		return Stream.ofNullable(this.observation.probes())
			.flatMap((probes) -> probes.seen().stream())
			.filter((probe) -> probe.answered() == answered)
			.map((probe) -> x(probe.at()))
			.distinct()
			.sorted()
			.map((x) -> "M" + x + " " + stroke)
			.collect(Collectors.joining());
	}

	record Band(String style, int x, int width) {
	}

	record Flag(What what, int number, int x, int y) {
	}

	/**
	 * A sign: told by its shape, and only then by its colour. Both stand with the board,
	 * which shows the same, in {@code signs.html} and {@code signs.css}.
	 */
	enum Glyph implements Label {

		ANSWERED, FAILED, FOREIGN, CLAIMED, OPEN, BLOCKED, BROKEN_OFF, UNEXPECTED

	}

}
