package io.pyserver.hello;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The path that Flask routes by: percent-decoded, with one slash in front however many
 * were sent, and otherwise as it came. Dots and semicolons mean nothing.
 *
 * @param decoded the path after percent-decoding
 * @param encoded the same path with every character outside a plain path encoded again
 */
record RequestPath(String decoded, String encoded) {

	private static final Pattern LEADING_SLASHES = Pattern.compile("^/+");

	static RequestPath ofTarget(String target) {
		if (isPlain(target)) {
			return new RequestPath(target, target);
		}
		String decoded = "/" + LEADING_SLASHES.matcher(decode(target)).replaceFirst("");
		return new RequestPath(decoded, encode(decoded));
	}

	private static boolean isPlain(String target) {
		return target.startsWith("/") && !target.startsWith("//") && target.chars().allMatch(RequestPath::isPlain);
	}

	private static boolean isPlain(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '-'
				|| c == '_';
	}

	/** Percent-decodes bytes; what is no valid escape stands for itself. */
	private static String decode(String target) {
		byte[] decoded = new byte[target.length()];
		int length = 0;
		for (int i = 0; i < target.length(); i++) {
			int escaped = (target.charAt(i) == '%' && i + 2 < target.length()) ? hex(target, i + 1) : -1;
			decoded[length++] = (byte) ((escaped >= 0) ? escaped : target.charAt(i));
			i += (escaped >= 0) ? 2 : 0;
		}
		return new String(decoded, 0, length, StandardCharsets.UTF_8);
	}

	private static int hex(String target, int start) {
		int high = Character.digit(target.charAt(start), 16);
		int low = Character.digit(target.charAt(start + 1), 16);
		return (high < 0 || low < 0) ? -1 : high * 16 + low;
	}

	private static String encode(String decoded) {
		return URLEncoder.encode(decoded, StandardCharsets.UTF_8).replace("%2F", "/");
	}

}
