package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.ControlEvidence.Reach;
import io.pyserver.lab.evidence.Label;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Observation.Subject;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

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
		Stream<Instant> created = Stream.ofNullable(observation.subject()).map(Subject::created);
		Stream<Instant> marks = observation.marks().stream().map(Mark::at);
		Stream<Instant> controls = observation.controls()
			.stream()
			.flatMap((control) -> control.attempts().stream())
			.map(Attempt::at);
		Stream<Instant> probes = Stream.ofNullable(observation.probes())
			.flatMap((evidence) -> Stream.concat(evidence.seen().stream(), evidence.claimed().stream()))
			.map(SeenProbe::at);
		TreeSet<Instant> moments = Stream.of(created, marks, controls, probes)
			.flatMap((each) -> each)
			.collect(Collectors.toCollection(TreeSet::new));
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

	/** The lines of probes in a thumbnail. Probes at the same place share a line. */
	List<Stroke> strokes(List<SeenProbe> probes) {
		return probes.stream().map((probe) -> new Stroke(x(probe.at()), probe.answered())).distinct().toList();
	}

	/** A line for probes at one x coordinate. */
	record Stroke(int x, boolean answered) {
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
