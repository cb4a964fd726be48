package io.pyserver.accesslog;

import io.pyserver.probe.Call;

/**
 * Formats a request as Werkzeug does, with the time in UTC:
 * {@code 10.42.0.1 - - [23/Nov/2026 05:20:49] "GET / HTTP/1.1" 200 -}. A line matches
 * this pattern, with a dash for an unknown address:
 * <pre>[0-9a-f.:]+ - - \[\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d] "[ !#-~]+" [1-5]\d\d -</pre>
 */
final class WerkzeugLine {

	private WerkzeugLine() {
	}

	static String of(Call call) {
		return ((call.remoteAddress() != null) ? call.remoteAddress() : "-") + " - - ["
				+ Second.of(call.time()).werkzeug() + "] \"" + call.requestLine() + "\" " + call.status() + " -";
	}

}
