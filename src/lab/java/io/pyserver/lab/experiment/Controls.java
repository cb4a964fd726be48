package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.controls.Round.Connection;
import io.pyserver.lab.controls.Round.Endpoint;
import io.pyserver.lab.controls.Round;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.ControlEvidence.Phase;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.ControlEvidence.Reach;

/**
 * Tries every control of an experiment's pods, again and again. Each pod settles by
 * itself, and is let alone from then on.
 *
 * @param connections what can be tried
 * @param settle how long an engine may take to enforce or to forget
 */
record Controls(Function<List<Endpoint>, List<Connection>> connections, Duration settle, Policy policy, Order order) {

	/**
	 * Tries them until they show enforcement; what shows none is stopped.
	 * @param recorder counts the probes until then
	 */
	void awaitEnforcement(List<PodUnderTest> pods, ProbeRecorder recorder) {
		Map<PodUnderTest, String> unsettled = untilAsExpected(Phase.SETTLING, pods, PodUnderTest::endpoint);
		recorder.readNow();
		Instant end = Instant.now();
		SideBySide.each(pods, PodUnderTest::readLog);
		for (PodUnderTest pod : pods) {
			switch (unsettled.get(pod)) {
				case null -> pod.seen().enforced(end);
				case "" -> pod.seen()
					.stop("the controls did not show enforcement within %d s".formatted(this.settle.toSeconds()));
				case String failure -> pod.seen().stop("the controls could not be tried: " + failure);
			}
		}
	}

	/**
	 * Until everything is as the policies want it, or for as long as an engine may take.
	 * What began within the limit counts. There are two rounds at least: on a busy
	 * machine one may take as long as the limit.
	 * @param endpoint what is tried in a pod's place
	 * @return those that have not settled, with the reason where not all could be tried
	 */
	Map<PodUnderTest, String> untilAsExpected(Phase phase, Collection<PodUnderTest> pods,
			Function<PodUnderTest, Endpoint> endpoint) {
		Duration notBefore = notBefore(phase);
		Instant limit = Instant.now().plus(notBefore).plus(this.settle);
		AtomicInteger rounds = new AtomicInteger();
		Map<PodUnderTest, String> unsettled = new HashMap<>();
		pods.forEach((pod) -> unsettled.put(pod, "they were not tried"));
		Condition.holdsWithin(this.settle.plus(Limits.ALL.round().multipliedBy(2)), notBefore, () -> {
			round(phase, unsettled, endpoint);
			return unsettled.isEmpty() || (rounds.incrementAndGet() > 1 && Instant.now().isAfter(limit));
		});
		if (rounds.get() == 0 && !unsettled.isEmpty()) {
			round(phase, unsettled, endpoint);
		}
		return unsettled;
	}

	private void round(Phase phase, Map<PodUnderTest, String> unsettled, Function<PodUnderTest, Endpoint> endpoint) {
		Map<PodUnderTest, Endpoint> endpoints = endpoints(List.copyOf(unsettled.keySet()), endpoint);
		Round round = round(phase, endpoints);
		endpoints.forEach((pod, tried) -> {
			Map<Control, Reach> reached = round.reached().get(tried);
			if (reached == null) {
				unsettled.put(pod, round.failures().getOrDefault(tried, "nothing could be tried"));
			}
			else if (Expectation.areMet(reached, this.policy, phase)) {
				unsettled.remove(pod);
			}
			else {
				unsettled.put(pod, "");
			}
		});
	}

	private Duration notBefore(Phase phase) {
		return (phase == Phase.SETTLING && this.order == Order.POD_FIRST && this.policy != Policy.NONE)
				? Limits.ALL.enforcing() : Duration.ZERO;
	}

	/**
	 * Once under enforced policies; again only where a command could not be run.
	 * @return those for which that never succeeded
	 */
	List<PodUnderTest> whileWatched(Collection<PodUnderTest> watched) {
		List<PodUnderTest> left = new ArrayList<>(watched);
		Condition.holdsWithin(Limits.ALL.round(), () -> {
			Map<PodUnderTest, Endpoint> endpoints = endpoints(left, PodUnderTest::endpoint);
			Round round = round(Phase.DURING, endpoints);
			left.removeIf((pod) -> round.reached().containsKey(endpoints.get(pod)));
			return left.isEmpty();
		});
		return left;
	}

	private static Map<PodUnderTest, Endpoint> endpoints(Collection<PodUnderTest> pods,
			Function<PodUnderTest, Endpoint> endpoint) {
		return pods.stream().collect(Collectors.toMap((pod) -> pod, endpoint));
	}

	private Round round(Phase phase, Map<PodUnderTest, Endpoint> endpoints) {
		Phase wanted = (phase == Phase.SETTLING) ? Phase.DURING : phase;
		Round round = Round.of(this.connections.apply(endpoints.values().stream().distinct().toList()),
				(control) -> Expectation.of(control, this.policy, wanted) == Expectation.OPEN);
		Instant now = Instant.now();
		endpoints.forEach((pod, endpoint) -> round.reached()
			.getOrDefault(endpoint, Map.of())
			.forEach((control, reach) -> pod.seen().tried(control, new Attempt(phase, now, reach))));
		return round;
	}

}
