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
		Duration rounded = duration.plusMillis(500);
		if (rounded.toHours() > 0) {
			return "%d h %d min".formatted(rounded.toHours(), rounded.toMinutesPart());
		}
		return (rounded.toMinutes() > 0) ? "%d min %d s".formatted(rounded.toMinutes(), rounded.toSecondsPart())
				: rounded.toSeconds() + " s";
	}

	/** With a tenth of a second, such as {@code -1.5 s}. */
	static String exact(Duration duration) {
		return number(duration) + " s";
	}

	/** The same without its unit. */
	static String number(Duration duration) {
		return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
	}

}
