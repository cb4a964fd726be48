package io.pyserver.accesslog;

import io.pyserver.probe.Call;

/**
 * Werkzeug's form of a line:
 * {@code 10.42.0.1 - - [23/Nov/2026 05:20:49] "GET / HTTP/1.1" 200 -}, time in UTC.
 * Whatever was sent, the line matches
 * <pre>[0-9a-f.:]+ - - \[\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d] "[ !#-~]+" [1-5]\d\d -</pre>
 * or, where Tomcat has no address to tell, has a dash for it.
 */
final class WerkzeugLine {

	private WerkzeugLine() {
	}

	static String of(Call call) {
		return ((call.remoteAddress() != null) ? call.remoteAddress() : "-") + " - - ["
				+ Second.of(call.time()).werkzeug() + "] \"" + call.requestLine() + "\" " + call.status() + " -";
	}

}
