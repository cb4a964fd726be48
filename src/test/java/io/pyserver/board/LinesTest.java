package io.pyserver.board;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch.Setting;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a terminal is told, a statement a line.
 */
class LinesTest {

	private static final Instant START = Instant.parse("2026-11-26T12:04:00Z");

	private final Lines lines = new Lines(new Pod("pyserver-1", "worker-1", List.of("10.42.0.7"), 0,
			List.of(new Pod.NodeRange("10.42.0.1", "a default gateway of this pod")), List.of()));

	@Test
	void atFirstAllOfIt() {
		assertThat(text(this.lines.all(picture(2, 2, false)))).isEqualTo("""
				12:04:02 pod pyserver-1 on node worker-1, 10.42.0.7
				12:04:02 the node is 10.42.0.1: a default gateway of this pod
				12:04:02 liveness is answered as it should be
				12:04:02 liveness probes: arriving, from 10.42.0.1, every 1.0 s, longest gap 1.0 s
				""");
	}

	@Test
	void thenWhatCame() {
		assertThat(news(picture(2, 2, false), picture(3, 3, false)))
			.isEqualTo("12:04:03 liveness probes: arriving, from 10.42.0.1, every 1.0 s, longest gap 1.0 s\n");
		assertThat(news(picture(3, 3, false), picture(4, 3, false))).isEmpty();
	}

	@Test
	void aSilenceIsRepeatedAndNotEverySecond() {
		assertThat(news(picture(11, 3, false), picture(12, 3, false))).isEmpty();
		assertThat(news(picture(14, 3, false), picture(15, 3, false)))
			.isEqualTo("12:04:15 liveness probes: silent for 12 s, from 10.42.0.1, every 1.0 s, longest gap 12.0 s\n");
	}

	@Test
	void aSwitchThatWasTurnedIsSaid() {
		assertThat(news(picture(3, 3, false), picture(4, 3, true)))
			.isEqualTo("12:04:04 liveness is broken on purpose\n");
	}

	@Test
	void whereNothingHappensThatIsSaid() {
		assertThat(news(picture(4, -1, false), picture(5, -1, false))).isEqualTo("12:04:05 nothing new\n");
	}

	private String news(Picture before, Picture now) {
		return text(this.lines.news(before, now));
	}

	/** A probe a second until the last one. */
	private static Picture picture(int second, int last, boolean broken) {
		Instant now = START.plusSeconds(second);
		List<Tick> ticks = IntStream.rangeClosed(0, last)
			.mapToObj((i) -> new Tick(START.plusSeconds(i), true, 1))
			.toList();
		return new Picture(now, List.of(Lane.arrivals("liveness", "liveness probes", "10.42.0.1", ticks, now)),
				Map.of(ProbeKind.LIVENESS, new Setting(broken, Duration.ZERO)));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
