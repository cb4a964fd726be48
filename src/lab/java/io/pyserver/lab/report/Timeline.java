package io.pyserver.lab.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.SeenProbe;

/** A cell's evidence as a picture: a row for its probes, and one for each control. */
record Timeline(CellEvidence evidence, TimeAxis axis) {

	/** Where the first row begins. */
	static final int TOP = 48;

	/** From row to row. */
	static final int ROW = 42;

	/** Of flags that do not touch. */
	private static final int DISTANCE = 24;

	/** Where the last row ends. */
	int bottom() {
		return TOP + ROW * (1 + (hasClaimed() ? 1 : 0) + this.evidence.controls().size());
	}

	/** Whether there is a second row of probes, for those that were none. */
	boolean hasClaimed() {
		return this.evidence.probes() != null && !this.evidence.probes().claimed().isEmpty();
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

	List<Glyph> glyphs(SeenProbe probe) {
		if (Origin.of(probe, this.evidence).isForeignTo(this.evidence.cell().mechanism())) {
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
		return control.isAsExpected(attempt, this.evidence.cell().policy()) ? List.of(glyph)
				: List.of(glyph, Glyph.UNEXPECTED);
	}

	/** When something was, in seconds since zero. */
	String seconds(Instant moment) {
		return Times.number(this.axis.since(moment));
	}

	record Band(String style, int x, int width) {
	}

	record Flag(What what, int number, int x, int y) {
	}

}
