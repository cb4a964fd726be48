package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.ProbeCount;
import io.pyserver.lab.evidence.Unready;

/**
 * Waits until pods are ready, or until it is known that their kubelets will not find them
 * so: a pod says in its log that it takes requests, and from then on its probes fail
 * again and again. What failed before is no evidence, as there was nothing to reach.
 *
 * @param start so long nobody looks twice
 */
record Readiness(PodGroup group, Duration start) {

	/** As many failures as the shipped probes have for a threshold. */
	static final int FAILURES = 3;

	/** Of a pod that says nothing. */
	private static final Late SILENT = new Late(false, null);

	/**
	 * Waits, and stops those that are not ready.
	 * @param limit for how long at most
	 * @param otherwise what to say of a pod that does not even listen
	 * @return those that are ready
	 */
	List<PodUnderTest> await(List<PodUnderTest> pods, Duration limit, Function<Late, String> otherwise) {
		Map<PodUnderTest, Late> late = late(pods, limit);
		late.forEach((pod, its) -> pod.seen().stop(otherwise.apply(its), its.listens(), its.unready()));
		return pods.stream().filter((pod) -> !late.containsKey(pod)).toList();
	}

	/** The same of pods that were ready before. */
	List<PodUnderTest> awaitAgain(List<PodUnderTest> pods, Duration limit) {
		String notAgain = "it was not ready again within %d s".formatted(limit.toSeconds());
		return await(pods, limit, (late) -> late.listens() ? Late.LISTENS : notAgain);
	}

	private Map<PodUnderTest, Late> late(List<PodUnderTest> pods, Duration limit) {
		Instant begun = Instant.now();
		Map<PodUnderTest, Listening> listening = new HashMap<>();
		Map<PodUnderTest, Late> late = new HashMap<>();
		Condition.holdsWithin(limit, () -> {
			Set<String> names = this.group.late(pods.stream().map(PodUnderTest::name).toList());
			late.keySet().removeIf((pod) -> !names.contains(pod.name()));
			pods.stream().filter((pod) -> names.contains(pod.name())).forEach((pod) -> late.putIfAbsent(pod, SILENT));
			if (!late.isEmpty() && Duration.between(begun, Instant.now()).compareTo(this.start) > 0) {
				late.replaceAll((pod, _) -> late(pod, listening));
			}
			return late.values().stream().allMatch((pod) -> pod.unready() != null);
		});
		return late;
	}

	private static Late late(PodUnderTest pod, Map<PodUnderTest, Listening> listening) {
		List<PodState> states = pod.states();
		if (states.isEmpty() || !states.getLast().running() || !PodGroup.isListening(pod.printed())) {
			listening.remove(pod);
			return SILENT;
		}
		int restarts = states.getLast().restarts();
		Listening since = listening.compute(pod, (_, known) -> (known != null && known.restarts() == restarts) ? known
				: new Listening(restarts, Instant.now()));
		return new Late(true, failing(pod, since.at()));
	}

	/** By the first kind of probe of which too many fail and none succeeds. */
	private static @Nullable Unready failing(PodUnderTest pod, Instant since) {
		for (Kind kind : Kind.values()) {
			ProbeCount count = pod.probes().since(kind, since);
			if (count.failed() >= FAILURES && count.successful() == 0) {
				return new Unready(kind, count.failed(), pod.probes().firstFailure(kind, since).orElse(since),
						pod.events().unhealthy(kind).since(since).messages());
			}
		}
		return null;
	}

	/**
	 * What is held against a pod that is not ready.
	 *
	 * @param listens whether it says that it takes requests
	 * @param unready what its kubelet counted since then; null while that is too little
	 */
	record Late(boolean listens, @Nullable Unready unready) {

		static final String LISTENS = "it takes requests, and its node did not find it ready";

	}

	/** When a container was first seen to listen that had so many restarts. */
	private record Listening(int restarts, Instant at) {
	}

}
