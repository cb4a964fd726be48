package io.pyserver.lab.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.SeenProbe;

/**
 * A cell's evidence as a picture: what is where on it.
 *
 * @param rows from top to bottom, the first that of the probes
 */
record Timeline(CellEvidence evidence, TimeAxis axis, List<Row> rows) {

	/** Where the first row begins. */
	static final int TOP = 48;

	private static final int ROW = 42;

	/** Of flags that do not touch. */
	private static final int DISTANCE = 24;

	/** Empty where nothing was seen. */
	static Optional<Timeline> of(CellEvidence evidence) {
		return TimeAxis.of(evidence).map((axis) -> {
			Timeline timeline = new Timeline(evidence, axis, new ArrayList<>());
			timeline.probes();
			evidence.controls().forEach(timeline::control);
			return timeline;
		});
	}

	private void probes() {
		ProbeEvidence probes = this.evidence.probes();
		String kind = this.evidence.cell().kind().label();
		if (probes == null) {
			row("no evidence of %s probes".formatted(kind), Stream.empty());
			return;
		}
		row("%s probes (%d)".formatted(kind, probes.seen().size()),
				probes.seen()
					.stream()
					.flatMap((probe) -> glyphs(probe).map((glyph) -> new Sign(glyph, this.axis.x(probe.at())))));
		if (!probes.claimed().isEmpty()) {
			row("claimed to be probes (%d)".formatted(probes.claimed().size()),
					probes.claimed().stream().map((probe) -> new Sign(Glyph.CLAIMED, this.axis.x(probe.at()))));
		}
	}

	private Stream<Glyph> glyphs(SeenProbe probe) {
		if (Origin.of(probe, this.evidence).isForeignTo(this.evidence.cell().mechanism())) {
			return probe.answered() ? Stream.of(Glyph.FOREIGN) : Stream.of(Glyph.FAILED, Glyph.FOREIGN);
		}
		return Stream.of(probe.answered() ? Glyph.ANSWERED : Glyph.FAILED);
	}

	private void control(ControlEvidence control) {
		Policy policy = this.evidence.cell().policy();
		String expected = switch (Expectation.of(control.control(), policy, Phase.DURING)) {
			case OPEN -> (policy == Policy.NONE) ? "always open" : "open under these policies too";
			case BLOCKED -> "to be blocked";
			case EITHER -> "some engines block it";
		};
		row(control.control().label() + ": " + expected, control.attempts()
			.stream()
			.flatMap((attempt) -> glyphs(attempt, control).map((glyph) -> new Sign(glyph, this.axis.x(attempt.at())))));
	}

	private Stream<Glyph> glyphs(Attempt attempt, ControlEvidence control) {
		Glyph glyph = switch (attempt.reach()) {
			case REACHED -> Glyph.OPEN;
			case REFUSED, TIMED_OUT -> Glyph.BLOCKED;
			case BROKEN_OFF -> Glyph.BROKEN_OFF;
		};
		return Expectation.of(control.control(), this.evidence.cell().policy(), attempt, control.attempts())
			.metBy(attempt.reach()) ? Stream.of(glyph) : Stream.of(glyph, Glyph.UNEXPECTED);
	}

	/** What falls on the same point is drawn once. */
	private void row(String label, Stream<Sign> signs) {
		this.rows.add(new Row(label, TOP + ROW * this.rows.size(), signs.distinct().toList()));
	}

	/** Where the last row ends. */
	int bottom() {
		return TOP + ROW * this.rows.size();
	}

	/** The time with policies, at first with the engine at work. */
	List<Band> bands() {
		Optional<Instant> applied = first(What.POLICY_APPLIED);
		if (this.evidence.cell().policy() == Policy.NONE || applied.isEmpty()) {
			return List.of();
		}
		int left = this.axis.x(applied.get());
		int right = this.axis.x(first(What.POLICY_REMOVED).orElse(this.axis.last()));
		int enforced = first(What.ENFORCED).map(this.axis::x).orElse(right);
		return List.of(new Band("settling", left, Math.max(0, enforced - left)),
				new Band("enforced", enforced, Math.max(0, right - enforced)));
	}

	private Optional<Instant> first(What what) {
		return this.evidence.marks().stream().filter((mark) -> mark.what() == what).map(Mark::at).findFirst();
	}

	/** The marks, by turns at two heights where they are close together. */
	List<Flag> flags() {
		List<Flag> flags = new ArrayList<>();
		for (Mark mark : this.evidence.marks()) {
			int x = this.axis.x(mark.at());
			boolean below = !flags.isEmpty() && x - flags.getLast().x() < DISTANCE && flags.getLast().y() == 12;
			flags.add(new Flag(mark.what(), flags.size() + 1, x, below ? 32 : 12));
		}
		return flags;
	}

	/** What a mark says, and when it was. */
	String text(Mark mark) {
		boolean none = this.evidence.cell().policy() == Policy.NONE;
		return switch (mark.what()) {
			case READY -> "pod ready";
			case POLICY_APPLIED -> none ? "no policy to apply" : "policies applied";
			case ENFORCED -> none ? "controls all open" : "policies shown to be enforced";
			case BROKEN -> "broken on purpose";
			case RESTARTED -> "container restarted";
			case POLICY_REMOVED -> none ? "no policy to remove" : "policies removed";
		} + " at " + Times.exact(this.axis.since(mark.at()));
	}

	/** When a probe was, in seconds since zero. */
	String seconds(SeenProbe probe) {
		return Times.number(this.axis.since(probe.at()));
	}

	/** Signs on a line, and what they are of. */
	record Row(String label, int top, List<Sign> signs) {

		/** At which height its signs are. */
		int y() {
			return this.top + 28;
		}

	}

	record Sign(Glyph glyph, int x) {
	}

	record Band(String style, int x, int width) {
	}

	record Flag(What what, int number, int x, int y) {
	}

}
