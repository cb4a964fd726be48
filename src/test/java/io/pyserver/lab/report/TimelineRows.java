package io.pyserver.lab.report;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Origin;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.SeenProbe;

/** The rows of a timeline: the probes, and each control. */
final class TimelineRows {

	private static final int ROW = 42;

	private final CellEvidence evidence;

	private final TimeAxis axis;

	private final int top;

	private final Html html;

	private final Map<Glyph, Set<String>> glyphs = new EnumMap<>(Glyph.class);

	private int rows;

	TimelineRows(CellEvidence evidence, TimeAxis axis, int top, Html html) {
		this.evidence = evidence;
		this.axis = axis;
		this.top = top;
		this.html = html;
	}

	/** Where the last row ends. */
	int bottom() {
		return this.top + ROW * (1 + (hasClaimed() ? 1 : 0) + this.evidence.controls().size());
	}

	void draw() {
		probes();
		this.evidence.controls().forEach(this::control);
		this.glyphs.forEach((glyph, paths) -> this.html.path(glyph.style(), String.join("", paths)));
	}

	private boolean hasClaimed() {
		return this.evidence.probes() != null && !this.evidence.probes().claimed().isEmpty();
	}

	private void probes() {
		ProbeEvidence probes = this.evidence.probes();
		String kind = this.evidence.cell().kind().label();
		int y = row((probes != null) ? "%s probes (%d)".formatted(kind, probes.seen().size())
				: "no evidence of %s probes".formatted(kind));
		if (probes == null) {
			return;
		}
		int since = this.axis.x(probes.since());
		this.html.path("watched", "M%d %dv4H%dv-4".formatted(since, y + 8, this.axis.x(probes.until())));
		for (SeenProbe probe : probes.seen()) {
			Origin origin = Origin.of(probe, this.evidence);
			boolean foreign = origin.isForeignTo(this.evidence.cell().mechanism());
			if (!probe.answered()) {
				add(Glyph.FAILED, probe.at(), y);
			}
			if (foreign) {
				add(Glyph.FOREIGN, probe.at(), y);
			}
			if (probe.answered() && !foreign) {
				add(Glyph.ANSWERED, probe.at(), y);
			}
		}
		if (hasClaimed()) {
			int below = row("claimed to be probes (%d)".formatted(probes.claimed().size()));
			probes.claimed().forEach((probe) -> add(Glyph.CLAIMED, probe.at(), below));
		}
	}

	private void control(ControlEvidence control) {
		Policy policy = this.evidence.cell().policy();
		Expectation during = Expectation.of(control.control(), policy, Phase.DURING);
		int y = row(control.control().label() + TimelineText.expected(during, policy));
		for (Attempt attempt : control.attempts()) {
			add(switch (attempt.reach()) {
				case REACHED -> Glyph.OPEN;
				case REFUSED, TIMED_OUT -> Glyph.BLOCKED;
				case BROKEN_OFF -> Glyph.BROKEN_OFF;
			}, attempt.at(), y);
			if (!Expectation.of(control.control(), policy, attempt, control.attempts()).metBy(attempt.reach())) {
				add(Glyph.UNEXPECTED, attempt.at(), y);
			}
		}
	}

	/** Starts a row, and says at which height its signs are. */
	private int row(String name) {
		int label = this.top + this.rows++ * ROW;
		this.html.put("text", name, "class", "label", "x", String.valueOf(this.axis.left()), "y",
				String.valueOf(label + 13));
		int y = label + 28;
		this.html.path("base", "M%d %dH%d".formatted(this.axis.left(), y, this.axis.right()));
		return y;
	}

	/** What falls on the same point is drawn once. */
	private void add(Glyph glyph, Instant at, int y) {
		this.glyphs.computeIfAbsent(glyph, (_) -> new LinkedHashSet<>()).add(glyph.at(this.axis.x(at), y));
	}

}
