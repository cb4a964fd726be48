package io.pyserver.probe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Breaks or delays what the liveness or the readiness probe asks for, to see what the
 * cluster makes of it. What the startup probe asks for follows liveness. A restart puts
 * everything right again.
 */
@Component
public final class ProbeSwitch implements ApplicationListener<ContextClosedEvent> {

	/** No answer can be delayed by more. */
	public static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

	private final AtomicReference<Setting> liveness = new AtomicReference<>(Setting.CORRECT);

	private final AtomicReference<Setting> readiness = new AtomicReference<>(Setting.CORRECT);

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	/**
	 * How a kind is set.
	 * @param kind liveness, readiness or startup
	 * @return the setting
	 */
	public Setting setting(ProbeKind kind) {
		return of(kind).get();
	}

	/**
	 * Changes how a kind is set, and tells the listeners.
	 * @param kind liveness or readiness
	 * @param broken whether to answer 503, or null to leave that as it is
	 * @param delay how long to wait before an answer, zero to {@link #LONGEST_DELAY}, or
	 * null to leave that as it is
	 * @return the setting from now on
	 */
	public Setting change(ProbeKind kind, @Nullable Boolean broken, @Nullable Duration delay) {
		Setting changed = of(kind).updateAndGet((setting) -> new Setting((broken != null) ? broken : setting.broken(),
				(delay != null) ? delay : setting.delay()));
		this.listeners.forEach(Runnable::run);
		return changed;
	}

	/**
	 * Has every change told. Two changes at once may be told in either order: a listener
	 * asks for the setting itself.
	 * @param listener called by who changes, after the change
	 */
	public void onChange(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * Waits as long as the kind is set to, or until the service stops.
	 * @param kind liveness, readiness or startup
	 * @return the setting after that
	 */
	public Setting await(ProbeKind kind) {
		Duration delay = setting(kind).delay();
		if (delay.isPositive()) {
			try {
				this.closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return setting(kind);
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.closed.countDown();
	}

	private AtomicReference<Setting> of(ProbeKind kind) {
		return switch (kind) {
			case LIVENESS, STARTUP -> this.liveness;
			case READINESS -> this.readiness;
			case UNKNOWN, NONE -> throw new IllegalArgumentException("There is no switch for " + kind);
		};
	}

	/**
	 * How one kind of probe is answered.
	 *
	 * @param broken whether with a 503
	 * @param delay after which time
	 */
	public record Setting(boolean broken, Duration delay) {

		static final Setting CORRECT = new Setting(false, Duration.ZERO);

	}

}
