package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.controls.Connections;
import io.pyserver.lab.controls.Dials;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;

/**
 * Tries every control of an experiment's pods, again and again. Each pod settles by
 * itself, and is let alone from then on.
 */
final class Rounds {

	private final Connections connections;

	private final Duration settle;

	private final Policy policy;

	private final Order order;

	private final Map<Probed, Map<Control, List<Attempt>>> attempts = new HashMap<>();

	/**
	 * None was made yet.
	 * @param settle how long an engine may take to enforce or to forget
	 */
	Rounds(Connections connections, Duration settle, Policy policy, Order order) {
		this.connections = connections;
		this.settle = settle;
		this.policy = policy;
		this.order = order;
	}

	/** All that was tried of a pod, in the order of time. */
	Map<Control, List<Attempt>> attempts(Probed pod) {
		return this.attempts.getOrDefault(pod, Map.of());
	}

	/**
	 * Until everything is as the policies want it, or for as long as an engine may take.
	 * What began within the limit counts. There are two rounds at least: on a busy
	 * machine one may take as long as the limit.
	 * @return those that have not settled, with the reason where not all could be tried
	 */
	Map<Probed, String> untilAsExpected(Phase phase, Collection<Probed> measured, Place place) {
		Duration notBefore = notBefore(phase);
		Instant limit = Instant.now().plus(notBefore).plus(this.settle);
		AtomicInteger rounds = new AtomicInteger();
		Map<Probed, String> unsettled = new HashMap<>();
		measured.forEach((pod) -> unsettled.put(pod, "they were not tried"));
		Condition.holdsWithin(this.settle.plus(Limits.ALL.round().multipliedBy(2)), notBefore, () -> {
			round(phase, unsettled, place);
			return unsettled.isEmpty() || (rounds.incrementAndGet() > 1 && Instant.now().isAfter(limit));
		});
		if (rounds.get() == 0 && !unsettled.isEmpty()) {
			round(phase, unsettled, place);
		}
		return unsettled;
	}

	private void round(Phase phase, Map<Probed, String> unsettled, Place place) {
		Map<Probed, Target> targets = targets(List.copyOf(unsettled.keySet()), place);
		Dials.Round round = measure(phase, targets);
		targets.forEach((pod, target) -> {
			Map<Control, Reach> reached = round.reached().get(target);
			if (reached == null) {
				unsettled.put(pod, round.failures().getOrDefault(target, "nothing could be tried"));
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
	 * Once; again only where a command could not be run.
	 * @return those for which that never succeeded
	 */
	List<Probed> whileWatched(Collection<Probed> watched) {
		List<Probed> left = new ArrayList<>(watched);
		Condition.holdsWithin(Limits.ALL.round(), () -> {
			Map<Probed, Target> targets = targets(left, Probed::target);
			Dials.Round round = measure(Phase.DURING, targets);
			left.removeIf((pod) -> round.reached().containsKey(targets.get(pod)));
			return left.isEmpty();
		});
		return left;
	}

	private static Map<Probed, Target> targets(Collection<Probed> pods, Place place) {
		return pods.stream().collect(Collectors.toMap((pod) -> pod, place::of));
	}

	private Dials.Round measure(Phase phase, Map<Probed, Target> targets) {
		Phase wanted = (phase == Phase.SETTLING) ? Phase.DURING : phase;
		Dials.Round round = this.connections
			.dials(targets.values().stream().distinct().toList(),
					(control) -> Expectation.of(control, this.policy, wanted) == Expectation.OPEN)
			.make();
		Instant now = Instant.now();
		targets.forEach((pod, target) -> round.reached()
			.getOrDefault(target, Map.of())
			.forEach((control, reach) -> this.attempts.computeIfAbsent(pod, (_) -> new EnumMap<>(Control.class))
				.computeIfAbsent(control, (_) -> new ArrayList<>())
				.add(new Attempt(phase, now, reach))));
		return round;
	}

	/** What controls are tried to and from in a pod's place. */
	@FunctionalInterface
	interface Place {

		Target of(Probed pod);

	}

}
