package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In which seconds pods and others called.
 */
class NonNodeCallsTest {

	private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

	private final NonNodeCalls calls = new NonNodeCalls();

	@Test
	void callsOfOneSecondAreAddedUp() {
		record(Caller.POD, 100, 200);
		record(Caller.OTHER, 900, 503);
		record(Caller.POD, 1_100, 200);

		assertThat(this.calls.seconds()).containsExactly(
				new NonNodeCalls.CallsInSecond(START, 2, 1, "10.42.1.7", Caller.OTHER),
				new NonNodeCalls.CallsInSecond(START.plusSeconds(1), 1, 0, "10.42.1.7", Caller.POD));
	}

	@Test
	void callsOfTheNodeAndOfOperatorsAreNotCounted() {
		record(Caller.NODE, 0, 200);
		record(Caller.LOOPBACK, 0, 200);

		assertThat(this.calls.seconds()).isEmpty();
	}

	@Test
	void onlyTheLastFiveMinutesAreKept() {
		for (int second = 0; second < 2 * NonNodeCalls.CAPACITY + 7; second++) {
			record(Caller.POD, second * 1_000L, 200);
		}

		assertThat(this.calls.seconds()).hasSize(NonNodeCalls.CAPACITY)
			.first()
			.extracting(NonNodeCalls.CallsInSecond::at)
			.isEqualTo(START.plusSeconds(NonNodeCalls.CAPACITY + 7));
	}

	private void record(Caller caller, long millis, int status) {
		this.calls.record(new Call(START.plusMillis(millis), "10.42.1.7", null, "GET", "/", "HTTP/1.1", null, null,
				status, 0, Duration.ZERO, new Attribution(caller, ProbeKind.NONE, false), status >= 400));
	}

}
