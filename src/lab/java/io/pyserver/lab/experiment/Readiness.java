package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.Harm.Unready;

/**
 * Waits until pods are ready, or until it is known that their kubelets will not find them
 * so: a pod says in its log that it takes requests, and from then on its probes fail
 * again and again. What failed before is no evidence, as there was nothing to reach.
 *
 * @param limit for how long at most
 * @param start so long nobody looks twice
 */
record Readiness(PodGroup group, ProbeRecorder recorder, Duration limit, Duration start) {

	/**
	 * Waits.
	 * @return those that are not ready, and what is held against them
	 */
	Map<Probed, NotReady> await(List<Probed> pods) {
		Instant start = Instant.now();
		Map<Probed, Listening> listening = new HashMap<>();
		Map<Probed, NotReady> late = new HashMap<>();
		Condition.holdsWithin(this.limit, () -> {
			Set<String> names = this.group.late(pods.stream().map((pod) -> pod.name()).toList());
			late.keySet().removeIf((pod) -> !names.contains(pod.name()));
			pods.stream()
				.filter((pod) -> names.contains(pod.name()))
				.forEach((pod) -> late.putIfAbsent(pod, NotReady.SILENT));
			if (!late.isEmpty() && Duration.between(start, Instant.now()).compareTo(this.start) > 0) {
				late.replaceAll((pod, _) -> look(pod, listening));
			}
			return late.values().stream().allMatch((pod) -> pod.unready() != null);
		});
		return late;
	}

	private NotReady look(Probed pod, Map<Probed, Listening> listening) {
		List<PodState> states = this.group.states(pod.name());
		if (states.isEmpty() || !states.getLast().running() || !PodGroup.isListening(this.group.printed(pod.name()))) {
			listening.remove(pod);
			return NotReady.SILENT;
		}
		int restarts = states.getLast().restarts();
		Listening since = listening.compute(pod, (_, known) -> (known != null && known.restarts() == restarts) ? known
				: new Listening(restarts, Instant.now()));
		return new NotReady(true, failing(pod, since.at()));
	}

	/** By the first kind of probe of which too many fail and none succeeds. */
	private @Nullable Unready failing(Probed pod, Instant since) {
		for (Kind kind : Kind.values()) {
			ProbeCount count = this.recorder.since(pod, kind, since);
			if (count.failed() >= Scene.FAILURES && count.successful() == 0) {
				return new Unready(kind, count.failed(), this.recorder.firstFailure(pod, kind, since).orElse(since),
						this.group.events().of(pod.name()).unhealthy(kind).since(since).messages());
			}
		}
		return null;
	}

	/**
	 * A pod that is not ready.
	 *
	 * @param listens whether it says that it takes requests
	 * @param unready what its kubelet counted since then; null while that is too little
	 */
	record NotReady(boolean listens, @Nullable Unready unready) {

		private static final NotReady SILENT = new NotReady(false, null);

	}

	/** When a container was first seen to listen that had so many restarts. */
	private record Listening(int restarts, Instant at) {
	}

}
