package io.pyserver.board;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state of a lane, and its changes.
 */
class LaneTest {

	private static final Instant START = Instant.parse("2026-11-26T12:04:00Z");

	@ParameterizedTest(name = "{0}, {1} s after the first: {2}")
	@CsvSource({ "'', 10, NONE,", "+++, 3, ARRIVING,", "+-+++--, 7, FAILING, 5", "+++, 16, SILENT, 2",
			"+--, 16, SILENT, 2" })
	void laneHasAStateAndItsStart(String ticks, int now, LaneState state, @Nullable Integer since) {
		assertThat(lane(ticks, now).state()).isEqualTo(state);
		assertThat(lane(ticks, now).since()).isEqualTo((since != null) ? START.plusSeconds(since) : null);
	}

	@Test
	void changesHaveOnlyNewTicks() {
		Lane before = lane("++", 2);
		Lane now = lane("+++", 3);

		assertThat(now.changesSince(before).ticks()).containsExactly(new Tick(START.plusSeconds(2), true, 1));
		assertThat(now.changesSince(before).state()).isEqualTo(now.state());
		assertThat(now.changesSince(null).ticks()).hasSize(3);
	}

	/** A tick a second, good or bad. */
	private static Lane lane(String ticks, int now) {
		List<Tick> all = IntStream.range(0, ticks.length())
			.mapToObj((i) -> new Tick(START.plusSeconds(i), ticks.charAt(i) == '+', 1))
			.toList();
		return Lane.arrivals("liveness", "10.42.0.1", all, START.plusSeconds(now));
	}

}
