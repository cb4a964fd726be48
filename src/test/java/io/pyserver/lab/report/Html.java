package io.pyserver.lab.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * HTML as it grows: every text and every attribute is escaped, every element closed. It
 * is well-formed XML as well.
 */
final class Html {

	private static final int ITEMS = 30;

	private static final int LENGTH = 600;

	private final StringBuilder written = new StringBuilder("<!DOCTYPE html>\n");

	private final Deque<String> open = new ArrayDeque<>();

	/**
	 * Starts an element.
	 * @param attributes names and values by turns
	 */
	Html open(String element, String... attributes) {
		start(element, attributes);
		this.written.append('>');
		this.open.push(element);
		return this;
	}

	/** Ends the element that was started last. */
	Html close() {
		String element = this.open.pop();
		this.written.append("</").append(element).append(isBlock(element) ? ">\n" : ">");
		return this;
	}

	/** An element that holds a text. */
	Html put(String element, String text, String... attributes) {
		return open(element, attributes).text(text).close();
	}

	/** An element that holds nothing. */
	Html empty(String element, String... attributes) {
		start(element, attributes);
		this.written.append("/>");
		return this;
	}

	/** A term and what is known of it. */
	Html fact(String term, String description) {
		return put("dt", term).put("dd", description);
	}

	/** A path of SVG. */
	Html path(String style, String path) {
		return empty("path", "class", style, "d", path);
	}

	/** A list of texts, of which the report for programs has all. */
	Html list(List<String> texts, String... attributes) {
		open("ul", attributes);
		texts.stream().limit(ITEMS).forEach((text) -> put("li", text));
		if (texts.size() > ITEMS) {
			put("li", "\u2026 and %d more, in report.json".formatted(texts.size() - ITEMS));
		}
		return close();
	}

	/** A text, cut after 600 characters. */
	Html text(String text) {
		String shown = (text.length() > LENGTH) ? text.substring(0, LENGTH) + " \u2026 (all of it in report.json)"
				: text;
		this.written.append(escape(shown));
		return this;
	}

	/** A style sheet of our own. */
	Html style(String css) {
		this.written.append("<style>").append(css).append("</style>\n");
		return this;
	}

	private void start(String element, String... attributes) {
		this.written.append('<').append(element);
		for (int i = 0; i < attributes.length; i += 2) {
			this.written.append(' ').append(attributes[i]).append("=\"").append(escape(attributes[i + 1])).append('"');
		}
	}

	private static boolean isBlock(String element) {
		return switch (element) {
			case "span", "a", "b", "code", "time", "text", "dt", "td", "th", "strong" -> false;
			default -> true;
		};
	}

	private static String escape(String text) {
		return VisibleText.unicode(text)
			.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;");
	}

	@Override
	public String toString() {
		return this.written.toString();
	}

}
