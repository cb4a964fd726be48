package io.pyserver.lab.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Policy;

/**
 * A cell's evidence as a picture in SVG: an axis of seconds, the policies and the marks,
 * and the rows on top of them.
 */
final class Timeline {

	private static final int WIDTH = 640;

	private static final int TOP = 48;

	private final String id;

	private final CellEvidence evidence;

	private final TimeAxis axis;

	private final Html html;

	private Timeline(String id, CellEvidence evidence, Span span, Html html) {
		this.id = id;
		this.evidence = evidence;
		this.axis = new TimeAxis(span, 12, WIDTH - 12);
		this.html = html;
	}

	/**
	 * Draws it.
	 * @param id that of the section it is in
	 */
	static void append(Html html, String id, CellEvidence evidence, Span span) {
		new Timeline(id, evidence, span, html).draw();
	}

	private void draw() {
		TimelineRows rows = new TimelineRows(this.evidence, this.axis, TOP, this.html);
		int bottom = rows.bottom();
		this.html.open("svg", "viewBox", "0 0 %d %d".formatted(WIDTH, bottom + 28), "role", "img", "aria-labelledby",
				"t-" + this.id + " d-" + this.id);
		this.html.put("title", "Timeline of " + this.evidence.cell().id(), "id", "t-" + this.id);
		this.html.put("desc", TimelineText.of(this.evidence, this.axis.span()), "id", "d-" + this.id);
		shade(bottom);
		marks(bottom);
		rows.draw();
		ticks(bottom);
		this.html.close();
	}

	private void shade(int bottom) {
		Optional<Instant> applied = first(What.POLICY_APPLIED);
		if (this.evidence.cell().policy() == Policy.NONE || applied.isEmpty()) {
			return;
		}
		Instant end = first(What.POLICY_REMOVED).orElse(this.axis.span().last());
		Instant enforced = first(What.ENFORCED).orElse(end);
		band("settling", applied.get(), enforced, bottom);
		band("enforced", enforced, end, bottom);
	}

	private Optional<Instant> first(What what) {
		return this.evidence.marks().stream().filter((mark) -> mark.what() == what).map(Mark::at).findFirst();
	}

	private void band(String style, Instant from, Instant to, int bottom) {
		int left = this.axis.x(from);
		this.html.empty("rect", "class", style, "x", text(left), "y", text(TOP - 8), "width",
				text(Math.max(0, this.axis.x(to) - left)), "height", text(bottom - TOP + 8));
	}

	/** Numbered flags: the list beneath the picture says what each is. */
	private void marks(int bottom) {
		int number = 0;
		int level = 0;
		int latest = Integer.MIN_VALUE / 2;
		for (Mark mark : this.evidence.marks()) {
			int x = this.axis.x(mark.at());
			level = (x - latest < 24) ? (level + 1) % 2 : 0;
			latest = x;
			int y = (level == 0) ? 12 : 32;
			this.html.path("mark " + mark.what().label(), "M%d %dV%d".formatted(x, y, bottom));
			this.html.empty("circle", "class", "flag", "cx", text(x), "cy", text(y), "r", "10");
			this.html.put("text", text(++number), "class", "number", "x", text(x), "y", text(y + 4));
		}
	}

	private void ticks(int bottom) {
		this.html.path("axis", "M%d %dH%d".formatted(this.axis.left(), bottom, this.axis.right()));
		List<Long> ticks = this.axis.ticks();
		for (long tick : ticks) {
			int x = this.axis.x(this.axis.span().zero().plusSeconds(tick));
			this.html.path("axis", "M%d %dv5".formatted(x, bottom));
			String unit = (tick == ticks.getLast()) ? " s" : "";
			this.html.put("text", tick + unit, "class", "tick", "x", text(x), "y", text(bottom + 21));
		}
	}

	private static String text(int number) {
		return String.valueOf(number);
	}

}
