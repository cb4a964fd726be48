package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.evidence.Label;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation.Mark.What;

/**
 * An observation as a picture: a row for its probes and one for each control, above an
 * axis of time.
 *
 * @param zero when the pod was created, or the first moment if there was no pod
 */
record Timeline(Observation observation, Instant zero, Instant first, Instant last) {

	/** The x coordinate of the first moment. */
	static final int LEFT = 12;

	/** The x coordinate of the last moment. */
	static final int RIGHT = 628;

	/** The y coordinate of the first row. */
	static final int TOP = 48;

	/** The height of a row. */
	static final int ROW = 42;

	/** The timeline of an observation, or null if nothing in it has a time. */
	static @Nullable Timeline of(Observation observation) {
		TreeSet<Instant> moments = new TreeSet<>();
		observation.marks().forEach((mark) -> moments.add(mark.at()));
		observation.controls().forEach((control) -> control.attempts().forEach((attempt) -> moments.add(attempt.at())));
		if (observation.probes() != null) {
			observation.probes().seen().forEach((probe) -> moments.add(probe.at()));
			observation.probes().claimed().forEach((probe) -> moments.add(probe.at()));
		}
		if (observation.subject() != null) {
			moments.add(observation.subject().created());
		}
		if (moments.isEmpty()) {
			return null;
		}
		Instant zero = (observation.subject() != null) ? observation.subject().created() : moments.first();
		return new Timeline(observation, zero, moments.first(), moments.last());
	}

	/** The x coordinate of a moment. */
	int x(Instant moment) {
		double part = Duration.between(this.first, moment).toMillis() / (length() * 1e3);
		return (int) Math.round(LEFT + (RIGHT - LEFT) * Math.clamp(part, 0, 1));
	}

	/** The length in seconds. */
	private double length() {
		return Math.max(1, Duration.between(this.first, this.last).toMillis() / 1e3);
	}

	/** The seconds from zero to a moment, with one decimal; negative before zero. */
	String seconds(Instant moment) {
		return decimal(Duration.between(this.zero, moment));
	}

	/** Seconds with one decimal. */
	static String decimal(Duration duration) {
		return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
	}

	/** Seconds since zero for the axis: at most ten multiples of a power of ten. */
	List<Long> ticks() {
		long step = (long) Math.pow(10, Math.floor(Math.log10(length())));
		return LongStream
			.rangeClosed(Math.ceilDiv(Duration.between(this.zero, this.first).toSeconds(), step),
					Math.floorDiv(Duration.between(this.zero, this.last).toSeconds(), step))
			.map((tick) -> tick * step)
			.boxed()
			.toList();
	}

	/** The time with policies, before and after they were shown to be enforced. */
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

	/** A part of the background, with its style. */
	record Band(String style, int x, int width) {
	}

	/**
	 * A sign with a shape and a colour of its own. The board shows the same signs, so
	 * they are in its {@code signs.html} and {@code signs.css}.
	 */
	enum Glyph implements Label {

		ANSWERED, FAILED, FOREIGN, CLAIMED, OPEN, BLOCKED, BROKEN_OFF, UNEXPECTED;

		static Glyph of(Reach reach) {
			return switch (reach) {
				case REACHED -> OPEN;
				case REFUSED, TIMED_OUT -> BLOCKED;
				case BROKEN_OFF -> BROKEN_OFF;
			};
		}

	}

}
