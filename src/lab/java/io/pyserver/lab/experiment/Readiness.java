package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.Harm.Unready;

/**
 * Waits until pods are ready, or until it is known that their kubelets will not find them
 * so: a pod says in its log that it takes requests, and from then on its probes fail
 * again and again. What failed before is no evidence, as there was nothing to reach.
 *
 * @param start so long nobody looks twice
 * @param taken so long a kubelet may take to say that it has a pod, before others wait no
 * longer for it
 */
record Readiness(PodGroup group, Duration start, Duration taken) {

	/** As many failures as the shipped probes have for a threshold. */
	static final int FAILURES = 3;

	/**
	 * Waits for pods that start, and stops those that do not get ready.
	 * @param underPolicies what to say of a pod that does not even listen, or null where
	 * policies cannot be what keeps it from being ready
	 */
	void awaitStart(List<PodUnderTest> pods, Duration limit, @Nullable String underPolicies) {
		Map<PodUnderTest, Late> late = await(pods, limit);
		Map<String, Pod> now = this.group.pods();
		for (PodUnderTest pod : pods) {
			pod.seen().started(now.get(pod.name()));
			Late its = late.get(pod);
			if (its == null) {
				pod.seen().mark(What.READY, pod.states().getLast().since());
			}
			else if (underPolicies != null) {
				its.stop(pod, underPolicies);
			}
			else {
				String said = (its.unready() != null) ? String.join("; ", its.unready().said()) : its.untaken();
				pod.seen()
					.stop("already before any policy the pod was not ready" + ((said != null) ? ": " + said : ""));
			}
		}
	}

	/**
	 * Waits for pods that were ready before, and stops those that are not again.
	 * @return those that are
	 */
	List<PodUnderTest> awaitAgain(List<PodUnderTest> pods, Duration limit) {
		Map<PodUnderTest, Late> late = await(pods, limit);
		late.forEach((pod, its) -> its.stop(pod, "it was not ready again within %d s".formatted(limit.toSeconds())));
		return pods.stream().filter((pod) -> !late.containsKey(pod)).toList();
	}

	/**
	 * Waits.
	 * @return those that are not ready, and what is held against them
	 */
	private Map<PodUnderTest, Late> await(List<PodUnderTest> pods, Duration limit) {
		Instant begun = Instant.now();
		Map<PodUnderTest, Listening> listening = new HashMap<>();
		Map<PodUnderTest, Late> late = new HashMap<>();
		Condition.holdsWithin(limit, () -> {
			Set<String> names = this.group.late(pods.stream().map(PodUnderTest::name).toList());
			late.keySet().removeIf((pod) -> !names.contains(pod.name()));
			pods.stream()
				.filter((pod) -> names.contains(pod.name()))
				.forEach((pod) -> late.putIfAbsent(pod, Late.SILENT));
			Duration waited = Duration.between(begun, Instant.now());
			if (waited.compareTo(this.start) > 0) {
				late.replaceAll((pod, _) -> late(pod, listening));
			}
			boolean othersReady = late.size() < pods.size() && waited.compareTo(this.taken) > 0;
			return late.values()
				.stream()
				.allMatch((pod) -> pod.unready() != null || (othersReady && pod.untaken() != null));
		});
		return late;
	}

	private Late late(PodUnderTest pod, Map<PodUnderTest, Listening> listening) {
		List<PodState> states = pod.states();
		if (states.isEmpty() || !states.getLast().running() || !PodGroup.isListening(pod.printed())) {
			listening.remove(pod);
			return new Late(false, null, untaken(pod));
		}
		int restarts = states.getLast().restarts();
		Listening since = listening.compute(pod, (_, known) -> (known != null && known.restarts() == restarts) ? known
				: new Listening(restarts, Instant.now()));
		return new Late(true, failing(pod, since.at()), null);
	}

	/** Why no kubelet has the pod, in the scheduler's words; null where one has. */
	private @Nullable String untaken(PodUnderTest pod) {
		Pod known = this.group.pods().get(pod.name());
		if (known == null || known.getStatus().getStartTime() != null) {
			return null;
		}
		return "node %s has not taken the pod: %s".formatted(pod.node(),
				known.getStatus()
					.getConditions()
					.stream()
					.filter((condition) -> condition.getType().equals("PodScheduled") && condition.getMessage() != null)
					.map(PodCondition::getMessage)
					.findFirst()
					.orElse("its kubelet does not answer"));
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
	 * @param untaken why no kubelet has it; null where one has
	 */
	record Late(boolean listens, @Nullable Unready unready, @Nullable String untaken) {

		private static final Late SILENT = new Late(false, null, null);

		/**
		 * Asks no more of the pod.
		 * @param otherwise what to say where it does not even listen
		 */
		void stop(PodUnderTest pod, String otherwise) {
			String problem = this.listens ? "it takes requests, and its node did not find it ready"
					: Objects.requireNonNullElse(this.untaken, otherwise);
			pod.seen().stop(problem, this.listens, this.unready);
		}

	}

	/** When a container was first seen to listen that had so many restarts. */
	private record Listening(int restarts, Instant at) {
	}

}
