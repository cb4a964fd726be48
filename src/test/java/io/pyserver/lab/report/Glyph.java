package io.pyserver.lab.report;

import java.util.Locale;

/** A sign in a timeline: told by its shape, and only then by its colour. */
enum Glyph {

	/** A tick. */
	ANSWERED("a probe, answered") {
		@Override
		String at(int x, int y) {
			return "M%d %dv14".formatted(x, y - 7);
		}
	},

	/** A cross. */
	FAILED("a probe, failed") {
		@Override
		String at(int x, int y) {
			return "M%d %dl10 10m0-10l-10 10".formatted(x - 5, y - 5);
		}
	},

	/** A triangle. */
	FOREIGN("a probe from where the kubelet's do not come from") {
		@Override
		String at(int x, int y) {
			return "M%d %dh12l-6-11z".formatted(x - 6, y + 5);
		}
	},

	/** A diamond. */
	CLAIMED("a request that said it was a probe, and was none") {
		@Override
		String at(int x, int y) {
			return "M%d %dl6 6l-6 6l-6-6z".formatted(x, y - 6);
		}
	},

	/** A post. */
	OPEN("a control that reached its aim") {
		@Override
		String at(int x, int y) {
			return "M%d %dh4v12h-4z".formatted(x - 2, y - 6);
		}
	},

	/** A bar. */
	BLOCKED("a control that was blocked") {
		@Override
		String at(int x, int y) {
			return "M%d %dh8".formatted(x - 4, y);
		}
	},

	/** A stroke. */
	BROKEN_OFF("a control that was broken off, neither open nor blocked") {
		@Override
		String at(int x, int y) {
			return "M%d %dl8-8".formatted(x - 4, y + 4);
		}
	},

	/** A pointer above. */
	UNEXPECTED("points at a control that is not as expected") {
		@Override
		String at(int x, int y) {
			return "M%d %dh12l-6 7z".formatted(x - 6, y - 15);
		}
	};

	private final String meaning;

	Glyph(String meaning) {
		this.meaning = meaning;
	}

	/** The path that draws it around a point. */
	abstract String at(int x, int y);

	String meaning() {
		return this.meaning;
	}

	/** The name of its CSS class. */
	String style() {
		return "g-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
