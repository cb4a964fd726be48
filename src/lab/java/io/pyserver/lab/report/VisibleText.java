package io.pyserver.lab.report;

import java.util.regex.Pattern;

/**
 * Text from a cluster. It has escapes, such as {@code \}{@code u001b}, for characters
 * that could control a terminal, break a document or reorder a line.
 */
public final class VisibleText {

	private static final Pattern NOT_ASCII = Pattern.compile("[^ -~]");

	private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}&&[^\n\t]]");

	private VisibleText() {
	}

	/** For a terminal: visible ASCII only. */
	public static String ascii(String text) {
		return escape(NOT_ASCII, text);
	}

	/** For HTML, in any language, before HTML's own escaping. */
	static String unicode(String text) {
		return escape(NOT_SHOWN, text);
	}

	private static String escape(Pattern characters, String text) {
		return characters.matcher(text).replaceAll((found) -> "\\\\u%04x".formatted(found.group().codePointAt(0)));
	}

}
