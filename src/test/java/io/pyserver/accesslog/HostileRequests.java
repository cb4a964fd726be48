package io.pyserver.accesslog;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Complete requests that try to break a log: each ends at its only empty line, and any
 * part of it may be forged. The same seed gives the same requests.
 */
final class HostileRequests {

	private static final String FORGED = "10.0.0.1 - - [01/Jan/2026 00:00:00] \"GET /forged HTTP/1.1\" 200 -";

	private static final List<String> HOSTILE = List.of("\r", "\n", "\r\n", "\u001b[31m", "\u001b]0;title\u0007",
			"\u0000", "\"", "\\", "\\x22", "'", "\u00e9", "\u0080", "\u009b2J", "\u00ff", "\u00e2\u0080\u00a8", "\t",
			"\u000b", "\u007f", "\b\b", " ", "%0d%0a", "%1b[0m", "%00", "%", "{}", "<>", "#", ";", "::", "\n" + FORGED,
			"\r\n" + FORGED + "\r\n", "\" 200 -\n" + FORGED, "${jndi:ldap://127.0.0.1/}", "%n%s", "a".repeat(3_000),
			"\u001b".repeat(2_500), "\u00ff".repeat(9_000));

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "OPTIONS", "get", "FOO", "");

	private static final List<String> TARGETS = List.of("/", "/version", "/nope", "*", "", "//", "/?q=1",
			"http://localhost/");

	private static final List<String> HEADERS = List.of("X-Header", "User-Agent", "Accept", "Accept-Encoding", "Cookie",
			"Content-Type", "Content-Length", "Transfer-Encoding", "Expect", "Origin", "Range", "X-Forwarded-For");

	private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9",
			"HTTP/9.9", "HTTP/1.", "HTTP", "");

	private final Random random;

	private HostileRequests(long seed) {
		this.random = new Random(seed);
	}

	static Stream<String> ofSeed(long seed) {
		return Stream.generate(new HostileRequests(seed)::next);
	}

	private String next() {
		String head = maybeHostile(METHODS) + " " + maybeHostile(TARGETS) + " " + maybeHostile(VERSIONS)
				+ "\r\nConnection: close\r\nHost: localhost\r\n" + maybeHostile(HEADERS) + ": "
				+ maybeHostile(List.of("value", "")) + "\r\n";
		return head.replaceAll("\n(?=\r?\n)", "\n.") + "\r\n";
	}

	private String maybeHostile(List<String> harmless) {
		StringBuilder text = new StringBuilder(anyOf(harmless));
		while (this.random.nextInt(3) == 0) {
			text.insert(this.random.nextInt(text.length() + 1), anyOf(HOSTILE));
		}
		return text.toString();
	}

	private String anyOf(List<String> choice) {
		return choice.get(this.random.nextInt(choice.size()));
	}

}
