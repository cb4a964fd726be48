package io.pyserver.lab;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a pod's access log.
 *
 * @param time when the container runtime took it, by the node's clock
 * @param source the address the request came from
 */
record LogLine(Instant time, String source, String request, int status) {

	private static final Pattern FORM = Pattern.compile("(\\S+) (\\S+) - - \\[[^\\]]+\\] \"(.*)\" (\\d{3}) -");

	/**
	 * The one request of the shipped manifest's liveness probe; the readiness probe asks
	 * for another page.
	 */
	private static final String LIVENESS_REQUEST = "GET / HTTP/1.1";

	/**
	 * Reads a line of {@code kubectl logs --timestamps}; the application's other lines
	 * are none of the access log.
	 */
	static Optional<LogLine> parse(String line) {
		Matcher matcher = FORM.matcher(line);
		return matcher.matches() ? Optional.of(new LogLine(Instant.parse(matcher.group(1)), matcher.group(2),
				matcher.group(3), Integer.parseInt(matcher.group(4)))) : Optional.empty();
	}

	boolean isLiveness() {
		return this.request.equals(LIVENESS_REQUEST);
	}

}
