package io.pyserver.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The interval and the longest gap of a lane's ticks, and when the lane is silent.
 */
class RhythmTest {

	private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

	@Test
	void intervalIsTheMedianAndLongestGapTheMaximum() {
		Rhythm rhythm = rhythm(20, 0, 5, 10, 19, 20);

		assertThat(rhythm.interval()).isEqualTo(Duration.ofSeconds(5));
		assertThat(rhythm.longestGap()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	void longestGapIncludesTheTimeSinceTheLastTick() {
		assertThat(rhythm(31, 0, 5, 10).longestGap()).isEqualTo(Duration.ofSeconds(21));
	}

	@ParameterizedTest(name = "probes every {0} s, the last {1} s ago: silent {2}")
	@CsvSource({ "5, 5, false", "5, 10.9, false", "5, 11.1, true", "1, 2.9, false", "1, 3.1, true", "10, 20.9, false",
			"10, 21.1, true" })
	void aLaneIsSilentWhenTwoTicksAreMissing(double interval, double ago, boolean silent) {
		double now = 3 * interval + ago;

		assertThat(rhythm(now, 0, interval, 2 * interval, 3 * interval).isSilent(at(now))).isEqualTo(silent);
	}

	@ParameterizedTest
	@CsvSource({ "10.9, false", "11.1, true" })
	void afterOneTickTheShippedPeriodIsAssumed(double ago, boolean silent) {
		assertThat(rhythm(ago, 0).isSilent(at(ago))).isEqualTo(silent);
	}

	@Test
	void laneWithoutTicksIsNotSilent() {
		assertThat(rhythm(60).isSilent(at(60))).isFalse();
	}

	private static Rhythm rhythm(double now, double... ticks) {
		List<Tick> all = DoubleStream.of(ticks).mapToObj((tick) -> new Tick(at(tick), true, 1)).toList();
		return Rhythm.of(all, at(now));
	}

	private static Instant at(double seconds) {
		return START.plusMillis(Math.round(seconds * 1_000));
	}

}
