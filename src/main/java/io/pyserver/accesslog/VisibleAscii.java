package io.pyserver.accesslog;

import java.util.HexFormat;

/** Makes text of a request safe to print: visible ASCII, no quote, limited length. */
final class VisibleAscii {

	private static final HexFormat HEX = HexFormat.of();

	private VisibleAscii() {
	}

	/**
	 * Escapes as Werkzeug does, such as {@code \x1b}. It also escapes the quote, which
	 * would end a quoted text.
	 * @param raw the text, one byte a character
	 * @param lowest the first character that is not escaped: a blank, or the one after it
	 * @param longest the number of characters after which the result is cut
	 */
	static String of(String raw, char lowest, int longest) {
		int i = 0;
		while (i < raw.length() && isPlain(raw.charAt(i), lowest)) {
			i++;
		}
		if (i == raw.length() && i <= longest) {
			return raw;
		}
		StringBuilder text = new StringBuilder();
		for (i = 0; i < raw.length() && text.length() < longest; i++) {
			char c = raw.charAt(i);
			if (isPlain(c, lowest)) {
				text.append(c);
			}
			else {
				text.append("\\x").append(HEX.toHexDigits((byte) c));
			}
		}
		return (i < raw.length()) ? text.append("...").toString() : text.toString();
	}

	private static boolean isPlain(char c, char lowest) {
		return c >= lowest && c < 0x7f && c != '"' && c != '\\';
	}

}
