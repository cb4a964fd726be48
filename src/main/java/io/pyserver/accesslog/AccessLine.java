package io.pyserver.accesslog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.apache.tomcat.util.net.IPv6Utils;
import org.jspecify.annotations.Nullable;

/**
 * Werkzeug's form of a line:
 * {@code 10.42.0.1 - - [23/Nov/2026 05:20:49] "GET / HTTP/1.1" 200 -}, time in UTC.
 * Whatever was sent, the line matches
 * <pre>[0-9a-f.:]+ - - \[\d\d/[A-Z][a-z]{2}/\d{4} \d\d:\d\d:\d\d] "[ !#-~]+" [1-5]\d\d -</pre>
 * or, where Tomcat has no address to tell, has a dash for it.
 */
final class AccessLine {

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("'['dd/MMM/yyyy HH:mm:ss']'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private volatile Second current = Second.of(Instant.EPOCH);

	String of(@Nullable String remoteAddress, RequestLine request, int status) {
		return address(remoteAddress) + " - - " + second(Instant.now()).text() + " \"" + request.text() + "\" " + status
				+ " -";
	}

	private static String address(@Nullable String remoteAddress) {
		return (remoteAddress != null) ? IPv6Utils.canonize(remoteAddress) : "-";
	}

	/** Many requests share a second, and formatting one is dear. */
	private Second second(Instant now) {
		Second second = this.current;
		if (second.epoch() != now.getEpochSecond()) {
			second = Second.of(now);
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
