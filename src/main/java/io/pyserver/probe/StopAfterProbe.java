package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A service that is told to stop does so right after a readiness probe. The kubelet sends
 * those until the pod is gone: one that finds the port closed leaves an {@code Unhealthy}
 * event, as one in twenty-odd stops did.
 */
final class StopAfterProbe implements ApplicationListener<ContextClosedEvent> {

	private static final Duration LOOK = Duration.ofMillis(10);

	private final ProbeHistory history;

	private final Duration longest;

	/** Who was not asked for as long is not probed. */
	StopAfterProbe(ProbeHistory history, Duration longest) {
		this.history = history;
		this.longest = longest;
	}

	/** Before anything is closed; not once more where the operators' port is. */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		long told = System.nanoTime();
		Instant last = lastProbe();
		if (event.getApplicationContext().getParent() != null || last == null
				|| last.isBefore(Instant.now().minus(this.longest))) {
			return;
		}
		while (last.equals(lastProbe()) && System.nanoTime() - told < this.longest.toNanos()) {
			LockSupport.parkNanos(LOOK.toNanos());
		}
	}

	private @Nullable Instant lastProbe() {
		return this.history.totals(ProbeKind.READINESS).lastSeen();
	}

}
