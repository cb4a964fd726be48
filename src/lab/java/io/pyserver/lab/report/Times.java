package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time and durations, as people read them. */
final class Times {

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private Times() {
	}

	/** Such as {@code 2026-11-23 05:20:49 UTC}. */
	static String utc(Instant instant) {
		return UTC.format(instant);
	}

	/** In whole seconds, such as {@code 3 min 10 s}. */
	static String rough(Duration duration) {
		long seconds = Math.round(inSeconds(duration));
		if (seconds < 60) {
			return seconds + " s";
		}
		if (seconds < 3600) {
			return (seconds / 60) + " min " + (seconds % 60) + " s";
		}
		return (seconds / 3600) + " h " + (seconds / 60 % 60) + " min";
	}

	/** With a tenth of a second, such as {@code -1.5 s}. */
	static String exact(Duration duration) {
		return number(duration) + " s";
	}

	/** The same without its unit. */
	static String number(Duration duration) {
		return String.format(Locale.ROOT, "%.1f", inSeconds(duration));
	}

	static double inSeconds(Duration duration) {
		return duration.getSeconds() + duration.getNano() / 1e9;
	}

}
