package io.pyserver.accesslog;

import java.util.HexFormat;

/**
 * Text from a request, made safe to print: of bounded length, visible ASCII, no quote.
 */
final class VisibleAscii {

	private static final HexFormat HEX = HexFormat.of();

	private VisibleAscii() {
	}

	/**
	 * Escapes as Werkzeug does, {@code \x1b}, and the quote as well, so that what is
	 * quoted has no second end.
	 * @param raw the text, a byte a character
	 * @param lowest the first character that stays: a blank, or the one after it
	 * @param longest after how many characters the result is cut
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
