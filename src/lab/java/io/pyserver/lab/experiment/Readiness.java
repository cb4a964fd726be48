package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Observation.Unready;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;

/**
 * Waits until pods are ready. It gives a pod up early if three probes fail and none
 * succeeds after the pod's log says that the service accepts requests. Earlier failures
 * are no evidence, because the service did not listen yet.
 *
 * @param start how long the lab waits before it looks for the reason why a pod is not
 * ready
 * @param accepted how long a node may take to accept a pod, if other pods are ready
 */
record Readiness(PodGroup group, Duration start, Duration accepted) {

	/** Spring Boot logs this when the service accepts requests. */
	private static final String LISTENING = "Started PyserverApplication in";

	/** The number of failures after which the lab gives up, as in the shipped probes. */
	static final int FAILURES = 3;

	/**
	 * Waits for pods that start, and gives up those that do not become ready.
	 * @param otherwise the problem of a pod that does not listen, or null if the pods
	 * start without policies
	 */
	void awaitStart(List<PodUnderTest> pods, Duration limit, @Nullable String otherwise) {
		Map<PodUnderTest, NotReady> reasons = await(pods, limit);
		Map<String, Pod> started = this.group.pods();
		for (PodUnderTest pod : pods) {
			pod.seen().started(started.get(pod.name()));
			NotReady notReady = reasons.get(pod);
			if (notReady == null) {
				pod.seen().mark(What.READY, pod.states().getLast().since());
			}
			else if (otherwise != null) {
				notReady.giveUp(pod, otherwise);
			}
			else {
				String said = (notReady.unready() != null) ? String.join("; ", notReady.unready().said())
						: notReady.notAccepted();
				pod.seen()
					.giveUp("already before any policy the pod was not ready" + ((said != null) ? ": " + said : ""));
			}
		}
	}

	/**
	 * Waits for pods that were ready before, and gives up those that stay unready.
	 * @return the pods that are ready again
	 */
	List<PodUnderTest> awaitAgain(List<PodUnderTest> pods, Duration limit) {
		Map<PodUnderTest, NotReady> reasons = await(pods, limit);
		String otherwise = "it was not ready again within %d s".formatted(limit.toSeconds());
		reasons.forEach((pod, notReady) -> notReady.giveUp(pod, otherwise));
		return pods.stream().filter((pod) -> !reasons.containsKey(pod)).toList();
	}

	/**
	 * Waits, and returns the pods that are not ready, with the reasons. The limit may
	 * have interrupted the last round, so the lab looks once more at each pod whose
	 * probes were not seen to fail, or which did not listen.
	 */
	private Map<PodUnderTest, NotReady> await(List<PodUnderTest> pods, Duration limit) {
		Instant begun = Instant.now();
		Map<String, Instant> listening = new ConcurrentHashMap<>();
		List<String> all = pods.stream().map(PodUnderTest::name).toList();
		AtomicReference<Map<PodUnderTest, NotReady>> reasons = new AtomicReference<>(
				pods.stream().collect(Collectors.toMap((pod) -> pod, (_) -> NotReady.UNKNOWN)));
		Condition.holdsWithin(limit, () -> {
			Set<String> names = this.group.findNotReady(all);
			Duration waited = Duration.between(begun, Instant.now());
			boolean looks = waited.compareTo(this.start) > 0;
			Map<PodUnderTest, NotReady> found = new ConcurrentHashMap<>();
			SideBySide.each(pods.stream().filter((pod) -> names.contains(pod.name())).toList(),
					(pod) -> found.put(pod, looks ? reason(pod, listening) : NotReady.UNKNOWN));
			reasons.set(found);
			boolean othersReady = names.size() < pods.size() && waited.compareTo(this.accepted) > 0;
			return found.values()
				.stream()
				.allMatch((pod) -> pod.unready() != null || (othersReady && pod.notAccepted() != null));
		});
		Map<PodUnderTest, NotReady> notReady = new ConcurrentHashMap<>(reasons.get());
		Set<String> stillNotReady = this.group.findNotReady(all);
		notReady.entrySet()
			.removeIf((pod) -> pod.getValue().unready() == null && !stillNotReady.contains(pod.getKey().name()));
		SideBySide.each(notReady.keySet().stream().filter((pod) -> !notReady.get(pod).listens()).toList(),
				(pod) -> notReady.put(pod, reason(pod, listening)));
		return notReady;
	}

	/**
	 * Why a pod is not ready.
	 * @param listening when each container was first seen to listen
	 */
	private NotReady reason(PodUnderTest pod, Map<String, Instant> listening) {
		List<PodState> states = pod.states();
		if (states.isEmpty() || !states.getLast().running() || !isListening(pod)) {
			return new NotReady(false, null, notAccepted(pod));
		}
		String container = pod.name() + "/" + states.getLast().restarts();
		Instant since = listening.computeIfAbsent(container, (_) -> Instant.now());
		return new NotReady(true, unready(pod, since), null);
	}

	private boolean isListening(PodUnderTest pod) {
		try {
			return this.group.printed(pod.name()).contains(LISTENING);
		}
		catch (IllegalStateException ex) {
			// The log may be readable in the next round.
			return false;
		}
	}

	/** Why no node has accepted the pod, as the scheduler says; null if one has. */
	private @Nullable String notAccepted(PodUnderTest pod) {
		Pod known = this.group.pods().get(pod.name());
		if (known == null || PodGroup.isAccepted(known)) {
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

	/** The first kind of probe that failed too often since then and never succeeded. */
	private static @Nullable Unready unready(PodUnderTest pod, Instant since) {
		for (Kind kind : Kind.values()) {
			ProbeCount count = pod.probes(kind).since(since);
			if (count.failed() >= FAILURES && count.successful() == 0) {
				return new Unready(kind, count.failed(), pod.probes(kind).firstFailure(since).orElse(since),
						pod.events().unhealthy(kind).since(since).messages());
			}
		}
		return null;
	}

	/**
	 * Why a pod is not ready.
	 *
	 * @param listens whether its log says that it accepts requests
	 * @param unready its failing probe, or null while too few probes failed
	 * @param notAccepted why no node has accepted it, or null if one has
	 */
	private record NotReady(boolean listens, @Nullable Unready unready, @Nullable String notAccepted) {

		private static final NotReady UNKNOWN = new NotReady(false, null, null);

		private void giveUp(PodUnderTest pod, String otherwise) {
			pod.seen()
				.giveUp(this.listens ? "it takes requests, and its node did not find it ready"
						: Objects.requireNonNullElse(this.notAccepted, otherwise), this.listens, this.unready);
		}

	}

}
