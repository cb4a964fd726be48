package io.pyserver.accesslog;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The W3C's header that says which trace a request belongs to. */
final class TraceParent {

	static final String HEADER = "traceparent";

	/** Version, trace, span, flags; a version after the first may add to the end. */
	private static final Pattern FORM = Pattern
		.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}((?<!^00.{53})-[!-~]*)?");

	private TraceParent() {
	}

	/**
	 * The trace's identity, 32 hexadecimal digits, if the header is as the standard says.
	 */
	static @Nullable String traceId(@Nullable String header) {
		return (header != null && FORM.matcher(header).matches()) ? header.substring(3, 35) : null;
	}

}
