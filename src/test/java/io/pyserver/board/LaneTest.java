package io.pyserver.board;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of a lane, in a word.
 */
class LaneTest {

	private static final Instant START = Instant.parse("2026-11-26T12:04:00Z");

	@Test
	void beforeTheFirst() {
		assertThat(word("", 10)).isEqualTo("none seen");
	}

	@Test
	void asProbesArrive() {
		assertThat(word("+++", 3)).isEqualTo("arriving");
	}

	@Test
	void asTheyFail() {
		assertThat(word("+-+++--", 7)).isEqualTo("failing since 12:04:05");
	}

	@Test
	void whenTheyStop() {
		assertThat(word("+++", 16)).isEqualTo("silent for 14 s");
	}

	@Test
	void silenceIsWorseThanFailure() {
		assertThat(word("+--", 16)).isEqualTo("silent for 14 s");
	}

	@Test
	void onlyNewTicksAreNews() {
		Lane before = lane("++", 2);
		Lane now = lane("+++", 3);

		assertThat(now.since(before).ticks()).containsExactly(new Tick(START.plusSeconds(2), true, 1));
		assertThat(now.since(before).state()).isEqualTo(now.state());
		assertThat(now.since(null).ticks()).hasSize(3);
	}

	private static String word(String ticks, int now) {
		return lane(ticks, now).state().word();
	}

	/** A tick a second, good or bad. */
	private static Lane lane(String ticks, int now) {
		List<Tick> all = IntStream.range(0, ticks.length())
			.mapToObj((i) -> new Tick(START.plusSeconds(i), ticks.charAt(i) == '+', 1))
			.toList();
		return Lane.arrivals("liveness", "liveness probes", "10.42.0.1", all, START.plusSeconds(now));
	}

}
