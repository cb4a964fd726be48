package io.pyserver.accesslog;

import java.util.HexFormat;

/**
 * Text from a request, made safe to print: of bounded length, visible ASCII, no quote.
 */
final class VisibleAscii {

	private static final String CUT = "...";

	private VisibleAscii() {
	}

	/**
	 * Escapes as Werkzeug does, {@code \x1b}, and the quote as well, so that what is
	 * quoted has no second end.
	 * @param raw the text, a byte a character
	 * @param longest after how many characters the result is cut
	 */
	static String of(String raw, int longest) {
		return escapeUnless('!', raw, longest);
	}

	/** The same, but for blanks, which stay. */
	static String withBlanks(String raw, int longest) {
		return escapeUnless(' ', raw, longest);
	}

	private static String escapeUnless(char lowest, String raw, int longest) {
		StringBuilder text = new StringBuilder(raw.length());
		for (int i = 0; i < raw.length(); i++) {
			if (text.length() >= longest) {
				return text.append(CUT).toString();
			}
			char c = raw.charAt(i);
			if (c >= lowest && c < 0x7f && c != '"' && c != '\\') {
				text.append(c);
			}
			else {
				text.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
			}
		}
		return text.toString();
	}

}
