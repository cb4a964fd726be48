package io.pyserver.accesslog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;

import io.pyserver.probe.Call;

/**
 * Werkzeug's form of a line:
 * {@code 10.42.0.1 - - [23/Nov/2026 05:20:49] "GET / HTTP/1.1" 200 -}, time in UTC.
 * Whatever was sent, the line matches
 * <pre>[0-9a-f.:]+ - - \[\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d] "[ !#-~]+" [1-5]\d\d -</pre>
 * or, where Tomcat has no address to tell, has a dash for it.
 */
final class WerkzeugLine implements Function<Call, String> {

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("'['dd/MMM/yyyy HH:mm:ss']'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private volatile Second current = Second.of(Instant.EPOCH);

	@Override
	public String apply(Call call) {
		String address = (call.remoteAddress() != null) ? call.remoteAddress() : "-";
		return address + " - - " + second(call.time()).text() + " \"" + call.requestLine() + "\" " + call.status()
				+ " -";
	}

	/** Many requests share a second, and formatting one is dear. */
	private Second second(Instant time) {
		Second second = this.current;
		if (second.epoch() != time.getEpochSecond()) {
			second = Second.of(time);
			this.current = second;
		}
		return second;
	}

	private record Second(long epoch, String text) {

		static Second of(Instant instant) {
			return new Second(instant.getEpochSecond(), TIME.format(instant));
		}

	}

}
