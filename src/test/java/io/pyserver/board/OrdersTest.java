package io.pyserver.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.pyserver.PyserverProperties;
import io.pyserver.board.Orders.Order;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch.Setting;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the buttons say before anything happens.
 */
class OrdersTest {

	private static final Instant NOW = Instant.parse("2026-11-26T12:04:07Z");

	private static final Setting CORRECT = new Setting(false, Duration.ZERO);

	@Test
	void theNumbersOfTheManifestAreSaidWhereTheyAreKnown() {
		assertThat(order(3, 3, CORRECT, "Break liveness").follows())
			.isEqualTo("The liveness probe asks every 5.0 s, as seen here. From now on it gets a 503."
					+ " After 3 failures in a row (failureThreshold of the manifest), in about 15.0 s,"
					+ " the kubelet restarts the container."
					+ " That puts everything right, and this page comes back by itself.");
		assertThat(order(3, 3, CORRECT, "Delay liveness by 5 s").follows())
			.contains("the kubelet waits 3 s (timeoutSeconds of the manifest): each one is then a failure");
	}

	@Test
	void otherwiseItIsSaidWhereToLook() {
		assertThat(order(null, null, CORRECT, "Break readiness").follows())
			.startsWith("The readiness probe was not seen twice yet.")
			.contains("as your manifest says (failureThreshold; 3 where it says nothing), the kubelet finds the pod"
					+ " not ready")
			.endsWith("It is not restarted.");
	}

	@Test
	void aDelayIsLongerThanTheKubeletWaits() {
		assertThat(order(3, 10, CORRECT, "Delay liveness by 12 s").body()).isEqualTo(Map.of("delayMs", 12_000L));
	}

	@Test
	void whatIsBrokenCanBeMended() {
		Setting broken = new Setting(true, Duration.ofSeconds(5));

		assertThat(order(3, 3, broken, "Mend liveness").body()).isEqualTo(Map.of("state", "correct"));
		assertThat(order(3, 3, broken, "Answer liveness at once").body()).isEqualTo(Map.of("delayMs", 0));
	}

	private static Order order(@Nullable Integer failures, @Nullable Integer timeout, Setting liveness, String label) {
		List<Tick> ticks = IntStream.range(0, 4)
			.mapToObj((i) -> new Tick(NOW.plusSeconds(5 * i - 15), true, 1))
			.toList();
		Picture picture = new Picture(NOW,
				List.of(Lane.arrivals("liveness", "liveness probes", "10.42.0.1", ticks, NOW)),
				Map.of(ProbeKind.LIVENESS, liveness, ProbeKind.READINESS, CORRECT));
		return new Orders(new PyserverProperties.Board("", "", failures, timeout)).of(picture)
			.stream()
			.filter((order) -> order.label().equals(label))
			.findAny()
			.orElseThrow();
	}

}
