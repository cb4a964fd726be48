package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of the probes, and what they add up to.
 */
class ProbeHistoryTest {

	private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");

	private final ProbeHistory history = new ProbeHistory();

	@Test
	void eachKindHasItsOwnTotals() {
		record(ProbeKind.LIVENESS, 0, 200, 10);
		record(ProbeKind.LIVENESS, 5, 503, 20);
		record(ProbeKind.READINESS, 6, 200, 99);
		record(ProbeKind.LIVENESS, 19, 200, 30);

		ProbeTotals totals = this.history.totals(ProbeKind.LIVENESS);
		assertThat(totals.count()).isEqualTo(3);
		assertThat(totals.failures()).isEqualTo(1);
		assertThat(totals.lastSeen()).isEqualTo(START.plusSeconds(19));
		assertThat(totals.meanInterval()).isEqualTo(Duration.ofMillis(9_500));
		assertThat(totals.longestGap()).isEqualTo(Duration.ofSeconds(14));
		assertThat(totals.latency()).isEqualTo(Duration.ofMillis(60));
		assertThat(totals.sources()).containsExactlyEntriesOf(java.util.Map.of("10.42.0.1", 3L));
	}

	@Test
	void aLateRecordChangesNeitherTheGapNorTheLastTime() {
		record(ProbeKind.LIVENESS, 5, 200, 1);
		record(ProbeKind.LIVENESS, 0, 200, 1);

		assertThat(this.history.totals(ProbeKind.LIVENESS).lastSeen()).isEqualTo(START.plusSeconds(5));
		assertThat(this.history.totals(ProbeKind.LIVENESS).meanInterval()).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.history.totals(ProbeKind.LIVENESS).longestGap()).isZero();
	}

	@Test
	void aCallThatIsNoProbeIsNotRecorded() {
		record(ProbeKind.NONE, 0, 200, 1);

		assertThat(this.history.calls()).isEmpty();
	}

	@Test
	void theLast500ProbesAreKeptAndAllAreCounted() {
		IntStream.range(0, 1_234).forEach((i) -> record(ProbeKind.LIVENESS, i, 200, i));

		assertThat(this.history.calls()).extracting(Call::time)
			.isEqualTo(IntStream.range(734, 1_234).mapToObj(START::plusSeconds).toList());
		assertThat(this.history.totals(ProbeKind.LIVENESS).count()).isEqualTo(1_234);
	}

	@Test
	void percentilesAreByNearestRank() {
		IntStream.rangeClosed(1, 200).forEach((i) -> record(ProbeKind.LIVENESS, i, 200, i));
		record(ProbeKind.READINESS, 0, 200, 9_999);

		assertThat(percentile(0.5)).isEqualTo(Duration.ofMillis(100));
		assertThat(percentile(0.9)).isEqualTo(Duration.ofMillis(180));
		assertThat(percentile(0.99)).isEqualTo(Duration.ofMillis(198));
		assertThat(percentile(1)).isEqualTo(Duration.ofMillis(200));
		assertThat(ProbeHistory.percentile(this.history.calls(), ProbeKind.STARTUP, 0.5)).isZero();
	}

	@Test
	void onlySomeOfManySourcesAreNamed() {
		IntStream.range(0, 100)
			.forEach((i) -> this.history.record(call(ProbeKind.LIVENESS, i, 200, 1, "10.42.0." + i)));

		assertThat(this.history.totals(ProbeKind.LIVENESS).sources()).hasSize(17).containsEntry("others", 84L);
	}

	@Test
	void concurrentRecordsAreAllCounted() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			IntStream.range(0, 8).forEach((thread) -> threads.submit(() -> {
				go.await();
				IntStream.range(0, 5_000).forEach((i) -> record(ProbeKind.LIVENESS, i, (i % 2 == 0) ? 200 : 503, 1));
				return null;
			}));
			go.countDown();
		}

		ProbeTotals totals = this.history.totals(ProbeKind.LIVENESS);
		assertThat(totals.count()).isEqualTo(40_000);
		assertThat(totals.failures()).isEqualTo(20_000);
		assertThat(totals.latency()).isEqualTo(Duration.ofSeconds(40));
		assertThat(totals.sources()).containsEntry("10.42.0.1", 40_000L);
		assertThat(this.history.calls()).hasSize(ProbeHistory.CAPACITY);
	}

	private Duration percentile(double share) {
		return ProbeHistory.percentile(this.history.calls(), ProbeKind.LIVENESS, share);
	}

	private void record(ProbeKind kind, int second, int status, long millis) {
		this.history.record(call(kind, second, status, millis, "10.42.0.1"));
	}

	private static Call call(ProbeKind kind, int second, int status, long millis, String address) {
		return new Call(START.plusSeconds(second), address, null, "GET", "/", "HTTP/1.1", null, null, status, 0,
				Duration.ofMillis(millis), new Attribution(Caller.NODE, kind, false), status >= 400);
	}

}
