package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The next readiness probe of a pod that stops comes when the pod is gone.
 */
@Timeout(60)
class StopAfterProbeTest {

	/** Far less than it waits for a probe, and enough for a busy machine. */
	private static final Duration SOON = Duration.ofSeconds(20);

	private final ProbeHistory history = new ProbeHistory();

	private final StopAfterProbe patient = new StopAfterProbe(this.history, Duration.ofSeconds(30));

	@Test
	void theStopWaitsForTheNextReadinessProbe() {
		record(ProbeKind.READINESS, Instant.now().minusSeconds(4));
		CompletableFuture<Void> stopped = stop(this.patient);
		record(ProbeKind.LIVENESS, Instant.now());
		await().during(Duration.ofMillis(500)).until(() -> !stopped.isDone());
		// On a busy machine, the first of them may come before the stop begins.
		await().atMost(SOON).until(() -> {
			record(ProbeKind.READINESS, Instant.now());
			return stopped.isDone();
		});
	}

	@Test
	void theStopDoesNotWaitWithoutRecentProbes() {
		record(ProbeKind.READINESS, Instant.now().minusSeconds(600));
		assertThat(stop(this.patient)).succeedsWithin(SOON);
	}

	@Test
	void theStopWaitsNoLongerThanTheLimit() {
		record(ProbeKind.READINESS, Instant.now());
		StopAfterProbe impatient = new StopAfterProbe(this.history, Duration.ofMillis(300));
		assertThat(stop(impatient)).succeedsWithin(SOON);
	}

	@Test
	void theManagementContextDoesNotWait() {
		record(ProbeKind.READINESS, Instant.now());
		StaticApplicationContext operators = new StaticApplicationContext(new StaticApplicationContext());
		assertThat(CompletableFuture.runAsync(() -> this.patient.onApplicationEvent(new ContextClosedEvent(operators)),
				Thread::startVirtualThread))
			.succeedsWithin(SOON);
	}

	private static CompletableFuture<Void> stop(StopAfterProbe listener) {
		return CompletableFuture.runAsync(
				() -> listener.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext())),
				Thread::startVirtualThread);
	}

	private void record(ProbeKind kind, Instant time) {
		this.history.record(new Call(time, "10.42.0.1", "10.42.0.7", "GET", "/version", "HTTP/1.1", null, null, 200, 15,
				Duration.ZERO, new Attribution(Caller.NODE, kind, false), false));
	}

}
