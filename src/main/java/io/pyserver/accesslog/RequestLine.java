package io.pyserver.accesslog;

import org.apache.coyote.Request;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a request as sent, in parts that are safe to print.
 *
 * @param method the method, or a dash when Tomcat could not parse it
 * @param target path and query, or a dash
 * @param protocol such as {@code HTTP/1.1}, or null
 */
public record RequestLine(String method, String target, @Nullable String protocol) {

	private static final String ATTRIBUTE = RequestLine.class.getName();

	private static final String UNKNOWN = "-";

	private static final int LONGEST_PART = 60;

	private static final int LONGEST_TARGET = 1_900;

	/** Stores the line before a component rewrites its method or path. */
	public static void store(Request request) {
		request.setAttribute(ATTRIBUTE, of(request));
	}

	/** Whether Tomcat parsed the first line and did nothing more with the request. */
	public static boolean isUnprocessed(Request request) {
		return !request.protocol().isNull() && request.getAttribute(ATTRIBUTE) == null;
	}

	/**
	 * Returns the stored line. If the request was rejected before, the line has the parts
	 * that Tomcat could parse.
	 */
	static RequestLine stored(Request request) {
		return (request.getAttribute(ATTRIBUTE) instanceof RequestLine line) ? line : of(request);
	}

	private static RequestLine of(Request request) {
		String method = request.getMethod();
		return new RequestLine((method != null) ? VisibleAscii.of(method, '!', LONGEST_PART) : UNKNOWN,
				request.requestURI().isNull() ? UNKNOWN : VisibleAscii.of(target(request), '!', LONGEST_TARGET),
				request.protocol().isNull() ? null : VisibleAscii.of(request.protocol().toString(), '!', LONGEST_PART));
	}

	private static String target(Request request) {
		String path = request.requestURI().toString();
		return request.queryString().isNull() ? path : path + '?' + request.queryString();
	}

}
