package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.SideBySide;

/** Which pods a step had to stop, and why. */
final class Stops {

	private final Scene scene;

	private final Map<Probed, Unwell> unwell = new ConcurrentHashMap<>();

	/** Nothing could be done with them, which may be because their node restarts them. */
	private final Set<Probed> stumbled = ConcurrentHashMap.newKeySet();

	Stops(Scene scene) {
		this.scene = scene;
	}

	boolean isWell(Probed pod) {
		return !this.unwell.containsKey(pod);
	}

	/** Whether there may be news of it: it is well, or nothing could be done with it. */
	boolean isOpen(Probed pod) {
		return isWell(pod) || this.stumbled.contains(pod);
	}

	/** Why it was stopped, or null where it is well. */
	@Nullable Unwell of(Probed pod) {
		return this.unwell.get(pod);
	}

	void stop(Probed pod, Unwell reason) {
		this.unwell.merge(pod, reason, Unwell::then);
	}

	/** Does it for each; where it cannot be done, that pod alone is stopped. */
	void each(List<Probed> pods, Consumer<Probed> action) {
		SideBySide.each(pods, (pod) -> {
			try {
				action.accept(pod);
			}
			catch (IllegalStateException ex) {
				this.stumbled.add(pod);
				stop(pod, Unwell.because(ex.getMessage()));
			}
		});
	}

	/** Says which of some pods are ready within the limit; the others are stopped. */
	List<Probed> awaitReady(List<Probed> pods, Duration limit) {
		Map<Probed, Readiness.NotReady> late = this.scene.readiness(limit).await(pods);
		late.forEach((pod, notReady) -> stop(pod,
				Unwell.notReady(notReady, "it was not ready again within %d s".formatted(limit.toSeconds()))));
		return pods.stream().filter((pod) -> !late.containsKey(pod)).toList();
	}

}
