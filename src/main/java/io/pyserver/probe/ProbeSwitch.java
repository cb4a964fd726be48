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
 * Breaks or delays what the liveness or the readiness probe asks for, to see what the
 * cluster makes of it. What the startup probe asks for follows liveness. A restart puts
 * everything right again.
 * <p>
 * A probe that is broken, and one that is mended, is told as a change of the
 * application's availability, by which Actuator's health goes. A state that someone else
 * tells turns no switch: a service that stops refuses traffic, and still answers probes.
 */
@Component
@Order(0)
public final class ProbeSwitch implements ApplicationListener<ContextClosedEvent> {

	/** No answer can be delayed by more. */
	public static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

	private final Map<ProbeKind, Setting> settings = new ConcurrentHashMap<>();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final ApplicationEventPublisher events;

	ProbeSwitch(ApplicationEventPublisher events) {
		this.events = events;
	}

	/** How liveness, readiness or startup is set. */
	public Setting setting(ProbeKind kind) {
		return this.settings.getOrDefault((kind == ProbeKind.STARTUP) ? ProbeKind.LIVENESS : kind, Setting.CORRECT);
	}

	/**
	 * Changes how a kind is set.
	 * @param kind liveness or readiness
	 * @param broken whether to answer 503, or null to leave that as it is
	 * @param delay how long to wait before an answer, zero to {@link #LONGEST_DELAY}, or
	 * null to leave that as it is
	 * @return the setting from now on
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

	/** Waits as long as a kind is set to, or until the service stops. */
	public Setting await(ProbeKind kind) {
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

	/** Before anything waits for a request: no answer is held up any longer. */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.stopped.countDown();
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
