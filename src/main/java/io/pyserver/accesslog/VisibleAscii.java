package io.pyserver.accesslog;

/**
 * Text from a request, made safe to print: of bounded length, visible ASCII, no quote.
 */
final class VisibleAscii {

	private static final String HEX = "0123456789abcdef";

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
		int plain = 0;
		while (plain < raw.length() && isPlain(raw.charAt(plain), lowest)) {
			plain++;
		}
		return (plain == raw.length() && plain <= longest) ? raw : escape(raw, longest, lowest);
	}

	private static boolean isPlain(char c, char lowest) {
		return c >= lowest && c < 0x7f && c != '"' && c != '\\';
	}

	private static String escape(String raw, int longest, char lowest) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < raw.length(); i++) {
			if (text.length() >= longest) {
				return text.append(CUT).toString();
			}
			char c = raw.charAt(i);
			if (isPlain(c, lowest)) {
				text.append(c);
			}
			else {
				text.append("\\x").append(HEX.charAt((c >> 4) & 0xf)).append(HEX.charAt(c & 0xf));
			}
		}
		return text.toString();
	}

}
