package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;

/** Waits until pods are ready, and looks at those that are. */
final class Start implements Step {

	private final Scene scene;

	private final List<Probed> pods;

	private final Instant since;

	private final Map<Probed, Outcome.Started> seen = new LinkedHashMap<>();

	/**
	 * Of pods that are there or will be.
	 * @param since when they were told to start
	 */
	Start(Scene scene, List<Probed> pods, Instant since) {
		this.scene = scene;
		this.pods = pods;
		this.since = since;
	}

	@Override
	public void run() {
		Duration left = this.scene.settings().ready().minus(Duration.between(this.since, Instant.now()));
		Map<Probed, Readiness.NotReady> late = this.scene.readiness(left.isPositive() ? left : Duration.ofSeconds(1))
			.await(this.pods);
		Map<String, Pod> now = this.scene.group().pods();
		for (Probed pod : this.pods) {
			Readiness.NotReady notReady = late.get(pod);
			this.seen.put(pod, (notReady == null) ? new Outcome.Started(now.get(pod.name()), List.of(ready(pod)), null)
					: new Outcome.Started(now.get(pod.name()), List.of(), unwell(notReady)));
		}
	}

	/** Since the moment that the watch of the cluster's pods says. */
	private Mark ready(Probed pod) {
		return new Mark(this.scene.group().states(pod.name()).getLast().since(), What.READY);
	}

	/** Policies that were there first may be what keeps it from being ready. */
	private Unwell unwell(Readiness.NotReady late) {
		if (this.scene.order() == Order.POLICY_FIRST || this.scene.policy() == Policy.NONE) {
			return Unwell.notReady(late, "the pod was not ready within %d s; lab.ready gives it longer"
				.formatted(this.scene.settings().ready().toSeconds()));
		}
		return Unwell.because("already before any policy the pod was not ready"
				+ ((late.unready() != null) ? ": " + String.join("; ", late.unready().said()) : ""));
	}

	@Override
	public Map<Probed, Outcome.Started> seen() {
		return this.seen;
	}

}
