package io.pyserver.manifests;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Control.Reach;

/** Waits until policies that were applied are enforced, as a control shows. */
public final class Enforcement {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private Enforcement() {
	}

	/**
	 * Waits.
	 * @param control the connection that they forbid
	 * @param attempt tries it once
	 * @throws AssertionError in one line where it stays open
	 */
	public static void await(Control control, Supplier<Reach> attempt) {
		AtomicReference<Reach> last = new AtomicReference<>();
		if (!Condition.holdsWithin(LIMIT, Duration.ZERO, () -> {
			last.set(attempt.get());
			return last.get().blocked();
		})) {
			throw new AssertionError(
					"the policies are not enforced: %s was %s for %d s and had to be blocked".formatted(control.label(),
							(last.get() != null) ? last.get().label() : "never tried", LIMIT.toSeconds()));
		}
	}

}
