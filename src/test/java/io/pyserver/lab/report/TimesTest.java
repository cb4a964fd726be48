package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As people read them, whatever the machine's language.
 */
class TimesTest {

	@ParameterizedTest
	@CsvSource({ "PT0S, 0 s", "PT59.4S, 59 s", "PT59.5S, 1 min 0 s", "PT3M10S, 3 min 10 s", "PT59M59S, 59 min 59 s",
			"PT1H2M59S, 1 h 2 min" })
	void durationsAreRound(Duration duration, String text) {
		assertThat(Times.rough(duration)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0.0 s", "PT-1.5S, -1.5 s", "PT75.25S, 75.3 s" })
	void momentsHaveATenth(Duration duration, String text) {
		assertThat(Times.exact(duration)).isEqualTo(text);
	}

	@Test
	void pointsInTimeAreInUtc() {
		assertThat(Times.utc(Instant.parse("2026-11-23T05:20:49.9Z"))).isEqualTo("2026-11-23 05:20:49 UTC");
	}

}
