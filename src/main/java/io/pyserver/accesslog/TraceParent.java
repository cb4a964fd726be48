package io.pyserver.accesslog;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context. */
final class TraceParent {

	static final String HEADER = "traceparent";

	/** Version, trace, span, flags. Versions after 00 may append more. */
	private static final Pattern FORMAT = Pattern
		.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}((?<!^00.{53})-[!-~]*)?");

	private TraceParent() {
	}

	/** Returns the trace's id, 32 hexadecimal digits, or null for a malformed header. */
	static @Nullable String traceId(@Nullable String header) {
		return (header != null && FORMAT.matcher(header).matches()) ? header.substring(3, 35) : null;
	}

}
