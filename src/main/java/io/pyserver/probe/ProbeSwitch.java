package io.pyserver.probe;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Breaks or delays the answers to the liveness or the readiness probe, to show how the
 * cluster reacts. The startup probe has the setting of the liveness probe. A restart
 * resets all settings.
 * <p>
 * It publishes each break and repair as an availability change, which Actuator's health
 * shows. It ignores the availability changes of others. A shutdown publishes
 * {@code REFUSING_TRAFFIC}, but probes still have to succeed then.
 */
@Component
@Order(0)
public final class ProbeSwitch implements ApplicationListener<ContextClosedEvent> {

	/** The maximum delay of an answer. */
	public static final Duration MAX_DELAY = Duration.ofSeconds(60);

	private final Map<ProbeKind, Setting> settings = new ConcurrentHashMap<>();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final ApplicationEventPublisher events;

	ProbeSwitch(ApplicationEventPublisher events) {
		this.events = events;
	}

	/** Returns the setting of liveness, readiness or startup. */
	public Setting setting(ProbeKind kind) {
		return this.settings.getOrDefault((kind == ProbeKind.STARTUP) ? ProbeKind.LIVENESS : kind, Setting.CORRECT);
	}

	/**
	 * Changes the setting of a kind.
	 * @param kind liveness or readiness
	 * @param broken whether to answer 503, or null for no change
	 * @param delay the wait before an answer, zero to {@link #MAX_DELAY}, or null for no
	 * change
	 * @return the new setting
	 */
	public synchronized Setting change(ProbeKind kind, @Nullable Boolean broken, @Nullable Duration delay) {
		Setting setting = setting(kind);
		Setting changed = new Setting((broken != null) ? broken : setting.broken(),
				(delay != null) ? delay : setting.delay());
		this.settings.put(kind, changed);
		if (broken != null) {
			AvailabilityChangeEvent.publish(this.events, this, state(kind, broken));
		}
		return changed;
	}

	private static AvailabilityState state(ProbeKind kind, boolean broken) {
		if (kind == ProbeKind.READINESS) {
			return broken ? ReadinessState.REFUSING_TRAFFIC : ReadinessState.ACCEPTING_TRAFFIC;
		}
		return broken ? LivenessState.BROKEN : LivenessState.CORRECT;
	}

	/** Waits for the delay of a kind, or until the service stops. Returns the setting. */
	public Setting settingAfterDelay(ProbeKind kind) {
		Duration delay = setting(kind).delay();
		if (delay.isPositive()) {
			try {
				this.stopped.await(delay.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return setting(kind);
	}

	/** Ends all delays before the shutdown waits for requests. */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.stopped.countDown();
	}

	/**
	 * The setting of one kind of probe.
	 *
	 * @param broken whether the answer is 503
	 * @param delay the wait before the answer
	 */
	public record Setting(boolean broken, Duration delay) {

		static final Setting CORRECT = new Setting(false, Duration.ZERO);

	}

}
