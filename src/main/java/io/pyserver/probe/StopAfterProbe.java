package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * A service that is told to stop does so right after a readiness probe. The kubelet sends
 * those until the pod is gone: one that finds the port closed leaves an {@code Unhealthy}
 * event, as one in twenty-odd stops did.
 */
final class StopAfterProbe implements SmartLifecycle {

	private static final Duration LOOK = Duration.ofMillis(10);

	private final ProbeHistory history;

	private final Duration longest;

	private volatile boolean running;

	/** Who was not asked for as long is not probed. */
	StopAfterProbe(ProbeHistory history, Duration longest) {
		this.history = history;
		this.longest = longest;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before the web server, as every lifecycle without a phase of its own. */
	@Override
	public void stop() {
		this.running = false;
		long told = System.nanoTime();
		Instant last = lastProbe();
		if (last == null || last.isBefore(Instant.now().minus(this.longest))) {
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
