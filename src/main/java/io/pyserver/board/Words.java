package io.pyserver.board;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as a person reads them, in UTC.
 */
final class Words {

	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private Words() {
	}

	/** As in {@code 12:04:07}. */
	static String clock(Instant time) {
		return CLOCK.format(time);
	}

	/** As in {@code 5.1 s}. */
	static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
	}

}
