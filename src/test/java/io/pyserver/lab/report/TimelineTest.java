package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.SampleObservation;

import static io.pyserver.lab.evidence.SampleObservation.at;
import static org.assertj.core.api.Assertions.assertThat;

/** Points in time and durations as people read them, and where a picture has them. */
class TimelineTest {

	@ParameterizedTest
	@CsvSource({ "0, 0, 1, 0 1", "0, -7, 30, -5 0 5 10 15 20 25 30", "0, 0, 600, 0 100 200 300 400 500 600",
			"0, 0, 86400, 0 20000 40000 60000 80000", "3, 3, 3, 0" })
	void anAxisHasAFewTicksWhateverItsLength(int zero, int first, int last, String ticks) {
		assertThat(timeline(zero, first, last).ticks()).extracting(String::valueOf).containsExactly(ticks.split(" "));
	}

	@ParameterizedTest
	@CsvSource({ "-10, 12", "10, 320", "30, 628", "99, 628" })
	void aMomentIsWhereItBelongs(int moment, int x) {
		assertThat(timeline(0, -10, 30).x(at(moment))).isEqualTo(x);
	}

	private static Timeline timeline(int zero, int first, int last) {
		return new Timeline(SampleObservation.of(SampleRun.LIVENESS).build(), at(zero), at(first), at(last));
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0 s, 0.0 s", "PT-1.5S, -1 s, -1.5 s", "PT59.4S, 59 s, 59.4 s", "PT59.5S, 1 min 0 s, 59.5 s",
			"PT75.25S, 1 min 15 s, 75.3 s", "PT3M10S, 3 min 10 s, 190.0 s", "PT59M59S, 59 min 59 s, 3599.0 s",
			"PT1H2M59S, 1 h 2 min, 3779.0 s" })
	void aDurationIsRoughOrExact(Duration duration, String rough, String exact) {
		assertThat(Times.rough(duration)).isEqualTo(rough);
		assertThat(Times.exact(duration)).isEqualTo(exact);
	}

	@Test
	void pointsInTimeAreInUtc() {
		assertThat(Times.utc(Instant.parse("2026-11-23T05:20:49.9Z"))).isEqualTo("2026-11-23 05:20:49 UTC");
	}

}
