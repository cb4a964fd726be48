package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.experiment.Round.Endpoint;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Control.Attempt;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.Reach;

/**
 * Tries the controls of pods in rounds. Each pod is tried until its own controls are as
 * expected.
 */
record Controls(Setup setup) {

	/** Marks a pod whose controls were all tried, but not all with the right result. */
	private static final String UNEXPECTED = "";

	/** Tries controls until they show enforcement, and gives up pods that show none. */
	void awaitEnforcement(List<PodUnderTest> pods) {
		Map<PodUnderTest, String> unsettled = untilAsExpected(Phase.SETTLING, pods);
		this.setup.recorder().readNow();
		Instant end = Instant.now();
		SideBySide.each(pods, (pod) -> pod.log().read());
		for (PodUnderTest pod : pods) {
			switch (unsettled.get(pod)) {
				case null -> pod.seen().enforced(end);
				case UNEXPECTED -> pod.seen()
					.giveUp("the controls did not show enforcement within %d s".formatted(settle().toSeconds()));
				case String reason -> pod.seen().giveUp("the controls could not be tried: " + reason);
			}
		}
	}

	/**
	 * Tries controls until they are as expected, or until the limit. A round that began
	 * within the limit counts. There are at least two rounds, because on a busy machine
	 * one round may take as long as the limit.
	 * @return the pods whose controls are not as expected, with the reason why a control
	 * could not be tried, or with {@link #UNEXPECTED}
	 */
	Map<PodUnderTest, String> untilAsExpected(Phase phase, Collection<PodUnderTest> pods) {
		boolean isEnforcing = phase == Phase.SETTLING && this.setup.order() == Order.POD_FIRST
				&& this.setup.policy() != Policy.NONE;
		Duration notBefore = isEnforcing ? Limits.ALL.enforcing() : Duration.ZERO;
		Instant limit = Instant.now().plus(notBefore).plus(settle());
		AtomicInteger rounds = new AtomicInteger();
		Map<PodUnderTest, String> unsettled = untried(pods);
		Condition.holdsWithin(settle().plus(Limits.ALL.round().multipliedBy(2)), notBefore, () -> {
			tryOnce(phase, unsettled);
			return unsettled.isEmpty() || (rounds.incrementAndGet() > 1 && Instant.now().isAfter(limit));
		});
		if (rounds.get() == 0 && !unsettled.isEmpty()) {
			tryOnce(phase, unsettled);
		}
		return unsettled;
	}

	private static Map<PodUnderTest, String> untried(Collection<PodUnderTest> pods) {
		return new HashMap<>(pods.stream().collect(Collectors.toMap((pod) -> pod, (_) -> "they were not tried")));
	}

	/**
	 * Where controls of a pod lead. An outsider stands in for a pod that starts later.
	 */
	private Endpoint endpoint(Phase phase, PodUnderTest pod) {
		boolean startsLater = phase == Phase.BEFORE && this.setup.order() == Order.POLICY_FIRST;
		return startsLater ? this.setup.lab().surroundings().standIn(pod.node().name()) : pod.endpoint();
	}

	/** How long an engine may take to enforce policies, or to open connections again. */
	private Duration settle() {
		return this.setup.settings().settle();
	}

	/**
	 * Tries the controls of pods, and removes the pods with the expected results. While
	 * the policies are enforced, every result counts, and a pod is tried again only if a
	 * command could not run.
	 */
	private void tryOnce(Phase phase, Map<PodUnderTest, String> unsettled) {
		Map<PodUnderTest, Endpoint> endpoints = unsettled.keySet()
			.stream()
			.collect(Collectors.toMap((pod) -> pod, (pod) -> endpoint(phase, pod)));
		Policy policy = this.setup.policy();
		Phase settled = (phase == Phase.SETTLING) ? Phase.DURING : phase;
		Round round = Round.of(endpoints.values()
			.stream()
			.distinct()
			.map(this.setup.lab().surroundings()::connections)
			.flatMap(List::stream), (control) -> Expectation.of(control, policy, settled) == Expectation.OPEN);
		Instant now = Instant.now();
		endpoints.forEach((pod, tried) -> {
			Map<Control, Reach> reached = round.reached().getOrDefault(tried, Map.of());
			reached.forEach((control, reach) -> pod.seen().tried(control, new Attempt(phase, now, reach)));
			if (reached.isEmpty()) {
				unsettled.put(pod, round.failures().getOrDefault(tried, "nothing could be tried"));
			}
			else if (phase == Phase.DURING || Expectation.areMet(reached, policy, phase)) {
				unsettled.remove(pod);
			}
			else {
				unsettled.put(pod, UNEXPECTED);
			}
		});
	}

}
