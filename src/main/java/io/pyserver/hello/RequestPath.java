package io.pyserver.hello;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path by which Flask routes: percent-decoded, with exactly one leading slash. Dots
 * and semicolons have no meaning.
 *
 * @param decoded the path after percent-decoding
 * @param encoded the decoded path, with special characters encoded again
 */
record RequestPath(String decoded, String encoded) {

	private static final Pattern LEADING_SLASHES = Pattern.compile("^/+");

	private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

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

	/** Percent-decodes bytes. An invalid escape remains as it is. */
	private static String decode(String target) {
		String bytes = ESCAPE.matcher(target)
			.replaceAll((escape) -> Matcher
				.quoteReplacement(String.valueOf((char) HexFormat.fromHexDigits(escape.group(1)))));
		return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

	private static String encode(String decoded) {
		return URLEncoder.encode(decoded, StandardCharsets.UTF_8).replace("%2F", "/");
	}

}
