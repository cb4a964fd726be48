package io.pyserver.lab.report;

/** What the signs in a timeline mean. */
final class Legend {

	private Legend() {
	}

	static void append(Html html) {
		html.open("section").put("h2", "How to read a timeline", "id", "legend").open("ul", "class", "legend");
		for (Glyph glyph : Glyph.values()) {
			sample(html, () -> html.path(glyph.style(), glyph.at(12, (glyph == Glyph.UNEXPECTED) ? 24 : 12)),
					glyph.meaning());
		}
		sample(html, () -> html.empty("rect", "class", "settling", "width", "24", "height", "24"),
				"policies applied, the engine at work");
		sample(html, () -> html.empty("rect", "class", "enforced", "width", "24", "height", "24"),
				"policies shown to be enforced");
		sample(html, () -> html.path("watched", "M1 10v4H23v-4"), "the watch: the probes above it count");
		sample(html, () -> html.empty("circle", "class", "flag", "cx", "12", "cy", "12", "r", "10")
			.put("text", "1", "class", "number", "x", "12", "y", "16"), "a mark; the list beneath says which");
		html.close();
		html.put("p",
				"Seconds count from the pod\u2019s creation, or else from the first mark. Probes are by the clock "
						+ "of the pod\u2019s node, all else by the lab\u2019s.")
			.close();
	}

	private static void sample(Html html, Runnable sign, String meaning) {
		html.open("li").open("svg", "viewBox", "0 0 24 24", "aria-hidden", "true");
		sign.run();
		html.close().put("span", meaning).close();
	}

}
