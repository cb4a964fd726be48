package io.pyserver.hello;

import java.util.Map;
import java.util.regex.Pattern;

import io.pyserver.probe.ProbeKind;

/**
 * Flask's routing table, with two pages for probes added. Methods are in upper case.
 * Paths are decoded, without the query.
 */
final class Routes {

	/**
	 * Every Flask application routes this folder, which has no files here. Flask
	 * redirects a path with doubled slashes; this pattern gives the final answer. As in
	 * Python, a dot matches anything but a line feed.
	 */
	private static final Pattern STATIC_FILE = Pattern.compile("/static/+[^/].*", Pattern.UNIX_LINES);

	private final Map<String, Answer> pages;

	Routes(String hostname) {
		this.pages = Map.of("/", Answer.ok("Built Locally and Pushed\n from: " + hostname), "/version",
				Answer.ok("Helloworld 1.0\n"), "/livez", Answer.ok("ok\n"), "/readyz", Answer.ok("ok\n"));
	}

	/**
	 * Returns the probe that requests a page. The shipped manifests use {@code /} and
	 * {@code /version}. The other two pages are for probes alone.
	 */
	static ProbeKind probeFor(String path) {
		return switch (path) {
			case "/", "/livez" -> ProbeKind.LIVENESS;
			case "/version", "/readyz" -> ProbeKind.READINESS;
			default -> ProbeKind.NONE;
		};
	}

	/** Looks up the answer. Paths match exactly, as in Flask. */
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
