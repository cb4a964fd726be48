package io.pyserver.accesslog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.pyserver.probe.Call;

/**
 * Werkzeug's form of a line:
 * {@code 10.42.0.1 - - [23/Nov/2026 05:20:49] "GET / HTTP/1.1" 200 -}, time in UTC.
 * Whatever was sent, the line matches
 * <pre>[0-9a-f.:]+ - - \[\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d] "[ !#-~]+" [1-5]\d\d -</pre>
 * or, where Tomcat has no address to tell, has a dash for it.
 */
final class WerkzeugLine {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy HH:mm:ss", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	/**
	 * Many requests share a second, and to format one costs more than the rest of a line.
	 */
	private static volatile Second current = Second.of(Instant.EPOCH);

	private WerkzeugLine() {
	}

	static String of(Call call) {
		return ((call.remoteAddress() != null) ? call.remoteAddress() : "-") + " - - [" + second(call.time()) + "] \""
				+ call.requestLine() + "\" " + call.status() + " -";
	}

	private static String second(Instant time) {
		Second second = current;
		if (second.epoch() != time.getEpochSecond()) {
			second = Second.of(time);
			current = second;
		}
		return second.text();
	}

	private record Second(long epoch, String text) {

		static Second of(Instant instant) {
			return new Second(instant.getEpochSecond(), TIME.format(instant));
		}

	}

}
