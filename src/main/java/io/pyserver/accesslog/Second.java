package io.pyserver.accesslog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A second of UTC in the formats of the log. Requests of one second share it, because
 * formatting it costs more than the rest of a line.
 *
 * @param werkzeug such as {@code 23/Nov/2026 05:20:49}
 * @param rfc3339 such as {@code 2026-11-23T05:20:49}, without fraction and zone
 */
record Second(long epoch, String werkzeug, String rfc3339) {

	private static final DateTimeFormatter WERKZEUG = DateTimeFormatter
		.ofPattern("dd/MMM/yyyy HH:mm:ss", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static volatile Second latest = format(Instant.EPOCH);

	static Second of(Instant time) {
		Second second = latest;
		if (second.epoch != time.getEpochSecond()) {
			second = format(time);
			latest = second;
		}
		return second;
	}

	private static Second format(Instant time) {
		return new Second(time.getEpochSecond(), WERKZEUG.format(time),
				time.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
	}

}
