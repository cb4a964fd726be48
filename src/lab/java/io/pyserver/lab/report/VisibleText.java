package io.pyserver.lab.report;

/**
 * Texts from a cluster, as they may be shown: what would steer a terminal, break a
 * document or reorder a line appears as {@code \}{@code u001b}.
 */
public final class VisibleText {

	private VisibleText() {
	}

	/** For a terminal: visible ASCII alone. */
	public static String ascii(String text) {
		StringBuilder visible = new StringBuilder(text.length());
		text.codePoints().forEach((c) -> append(visible, c, c >= ' ' && c <= '~'));
		return visible.toString();
	}

	/** For XML and HTML, in any language, before their own escaping. */
	static String unicode(String text) {
		StringBuilder visible = new StringBuilder(text.length());
		text.codePoints().forEach((c) -> append(visible, c, isShown(c)));
		return visible.toString();
	}

	private static boolean isShown(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL -> c == '\n' || c == '\t';
			case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

	private static void append(StringBuilder visible, int c, boolean shown) {
		if (shown) {
			visible.appendCodePoint(c);
		}
		else {
			visible.append("\\u%04x".formatted(c));
		}
	}

}
