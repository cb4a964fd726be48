package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Delays a shutdown until the next readiness probe is answered. The kubelet sends probes
 * until the pod is gone. A probe that finds the port closed causes an {@code Unhealthy}
 * event. Without this delay, about one shutdown in twenty caused one.
 */
final class StopAfterProbe implements ApplicationListener<ContextClosedEvent> {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

	private final ProbeHistory history;

	private final Duration limit;

	/** Waits at most this long, and not at all when the last probe is older. */
	StopAfterProbe(ProbeHistory history, Duration limit) {
		this.history = history;
		this.limit = limit;
	}

	/**
	 * Runs before anything is closed. The management context has a parent, and does not
	 * wait a second time.
	 */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		long start = System.nanoTime();
		Instant last = lastProbe();
		if (event.getApplicationContext().getParent() != null || last == null
				|| last.isBefore(Instant.now().minus(this.limit))) {
			return;
		}
		while (last.equals(lastProbe()) && System.nanoTime() - start < this.limit.toNanos()) {
			LockSupport.parkNanos(POLL_INTERVAL.toNanos());
		}
	}

	private @Nullable Instant lastProbe() {
		return this.history.totals(ProbeKind.READINESS).lastSeen();
	}

}
