package io.pyserver.lab.report;

import io.pyserver.lab.evidence.Label;

/** A sign in a timeline: told by its shape, and only then by its colour. */
enum Glyph implements Label {

	/** A tick. */
	ANSWERED("a probe, answered", "M0-7v14"),

	/** A cross. */
	FAILED("a probe, failed", "M-5-5l10 10m0-10l-10 10"),

	/** A triangle. */
	FOREIGN("a probe from where the kubelet's do not come from", "M-6 5h12l-6-11z"),

	/** A diamond. */
	CLAIMED("a request that said it was a probe, and was none", "M0-6l6 6l-6 6l-6-6z"),

	/** A post. */
	OPEN("a control that reached its aim", "M-2-6h4v12h-4z"),

	/** A bar. */
	BLOCKED("a control that was blocked", "M-4 0h8"),

	/** A stroke. */
	BROKEN_OFF("a control that was broken off, neither open nor blocked", "M-4 4l8-8"),

	/** A pointer above. */
	UNEXPECTED("points at a control that is not as expected", "M-6-15h12l-6 7z");

	private final String meaning;

	private final String path;

	Glyph(String meaning, String path) {
		this.meaning = meaning;
		this.path = path;
	}

	String meaning() {
		return this.meaning;
	}

	/** The path that draws it around the origin. */
	String path() {
		return this.path;
	}

}
