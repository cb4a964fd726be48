package io.pyserver.hello;

import java.util.Map;
import java.util.regex.Pattern;

import io.pyserver.probe.ProbeKind;

/**
 * Flask's routing table: which path answers what, to which method. Two pages for probes
 * are added. Methods are in upper case; paths are decoded, and without the query.
 */
final class Routes {

	/**
	 * Every Flask application routes this folder; this one, like the original, has no
	 * files in it. Where Flask would redirect to drop doubled slashes, the answer is the
	 * one at the end of the redirect. As in Python, a dot is anything but a line feed.
	 */
	private static final Pattern STATIC_FILE = Pattern.compile("/static/+[^/].*", Pattern.UNIX_LINES);

	private final Map<String, Answer> pages;

	Routes(String hostname) {
		this.pages = Map.of("/", Answer.ok("Built Locally and Pushed\n from: " + hostname), "/version",
				Answer.ok("Helloworld 1.0\n"), "/livez", Answer.ok("ok\n"), "/readyz", Answer.ok("ok\n"));
	}

	/**
	 * Which probe asks for a page: in the shipped manifests, and of the two pages that
	 * are there for probes alone.
	 */
	static ProbeKind probeFor(String path) {
		return switch (path) {
			case "/", "/livez" -> ProbeKind.LIVENESS;
			case "/version", "/readyz" -> ProbeKind.READINESS;
			default -> ProbeKind.NONE;
		};
	}

	/** Looks up the answer. Paths match to the letter, as in Flask. */
	Answer answer(String method, String path) {
		Answer page = this.pages.getOrDefault(path, Answer.NOT_FOUND);
		if (page == Answer.NOT_FOUND && !STATIC_FILE.matcher(path).matches()) {
			return page;
		}
		return switch (method) {
			case "GET", "HEAD" -> page;
			case "OPTIONS" -> Answer.OPTIONS;
			default -> Answer.METHOD_NOT_ALLOWED;
		};
	}

}
