package io.pyserver.lab.report;

import io.pyserver.lab.evidence.Label;

/**
 * A sign in a timeline: told by its shape, and only then by its colour. Both stand with
 * the board, which shows the same, in {@code signs.html} and {@code signs.css}.
 */
enum Glyph implements Label {

	/** A tick. */
	ANSWERED("a probe, answered"),

	/** A cross. */
	FAILED("a probe, failed"),

	/** A triangle. */
	FOREIGN("a probe from where the kubelet's do not come from"),

	/** A diamond. */
	CLAIMED("a request that said it was a probe, and was none"),

	/** A post. */
	OPEN("a control that reached its aim"),

	/** A bar. */
	BLOCKED("a control that was blocked"),

	/** A stroke. */
	BROKEN_OFF("a control that was broken off, neither open nor blocked"),

	/** A pointer above. */
	UNEXPECTED("points at a control that is not as expected");

	private final String meaning;

	Glyph(String meaning) {
		this.meaning = meaning;
	}

	String meaning() {
		return this.meaning;
	}

}
