package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A service that is told to stop does so right after a readiness probe. The kubelet sends
 * those until the pod is gone: one that finds the port closed leaves an {@code Unhealthy}
 * event, as one in twenty-odd stops did.
 */
@Component
final class StopAfterProbe implements SmartLifecycle {

	/** The shipped period, and a second. Who was not asked for as long is not probed. */
	private static final Duration LONGEST = Duration.ofSeconds(6);

	private static final long LOOK_MILLIS = 10;

	private final ProbeHistory history;

	private final Duration longest;

	private volatile boolean running;

	@Autowired
	StopAfterProbe(ProbeHistory history) {
		this(history, LONGEST);
	}

	StopAfterProbe(ProbeHistory history, Duration longest) {
		this.history = history;
		this.longest = longest;
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** After the switch, which lets go of answers, and before the web server. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public void stop() {
		this.running = false;
		long told = System.nanoTime();
		Instant last = lastProbe();
		if (last == null || last.isBefore(Instant.now().minus(this.longest))) {
			return;
		}
		try {
			while (last.equals(lastProbe()) && System.nanoTime() - told < this.longest.toNanos()) {
				Thread.sleep(LOOK_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private @Nullable Instant lastProbe() {
		return this.history.totals(ProbeKind.READINESS).lastSeen();
	}

}
