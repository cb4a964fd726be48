package io.pyserver.accesslog;

import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * The first line of a request as it came in, made safe to print: one line of visible
 * ASCII.
 *
 * @param text the line, without quotes around it
 */
public record RequestLine(String text) {

	private static final String ATTRIBUTE = RequestLine.class.getName();

	private static final String UNKNOWN = "-";

	private static final int LONGEST = 2_000;

	private static final String HEX = "0123456789abcdef";

	/**
	 * Keeps the line of this request before anything may rewrite its method or path.
	 * @param request Tomcat's parsed request
	 */
	public static void remember(Request request) {
		request.setAttribute(ATTRIBUTE, of(request));
	}

	/**
	 * Whether the request's first line was read, and nothing was made of it.
	 * @param request Tomcat's request, perhaps read in part
	 */
	public static boolean isAllThereIs(Request request) {
		return !request.protocol().isNull() && request.getAttribute(ATTRIBUTE) == null;
	}

	/**
	 * The remembered line; of a request that was rejected before, what Tomcat could read
	 * of it.
	 */
	static RequestLine recall(Request request) {
		return (request.getAttribute(ATTRIBUTE) instanceof RequestLine line) ? line : of(request);
	}

	private static RequestLine of(Request request) {
		String method = request.getMethod();
		MessageBytes target = request.requestURI();
		StringBuilder text = new StringBuilder();
		append(text, (method != null) ? method : UNKNOWN);
		append(text.append(' '), target.isNull() ? UNKNOWN : target.toString());
		if (!request.queryString().isNull()) {
			append(text.append('?'), request.queryString().toString());
		}
		if (!request.protocol().isNull()) {
			append(text.append(' '), request.protocol().toString());
		}
		return new RequestLine(text.toString());
	}

	/**
	 * Escapes as Werkzeug does, {@code \x1b}, and the quote as well, so that the line has
	 * no second end.
	 */
	private static void append(StringBuilder text, String raw) {
		for (int i = 0; i < raw.length(); i++) {
			if (text.length() >= LONGEST) {
				text.append("...");
				return;
			}
			char c = raw.charAt(i);
			if (c > ' ' && c < 0x7f && c != '"' && c != '\\') {
				text.append(c);
			}
			else {
				text.append("\\x").append(HEX.charAt((c >> 4) & 0xf)).append(HEX.charAt(c & 0xf));
			}
		}
	}

}
