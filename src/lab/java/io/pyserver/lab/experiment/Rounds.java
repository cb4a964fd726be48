package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;

/**
 * Tries every control of an experiment's pods, again and again. Each pod settles by
 * itself, and is let alone from then on.
 *
 * @param settle how long an engine may take to enforce or to forget
 */
record Rounds(Connections connections, Duration settle, Policy policy, Order order) {

	/**
	 * Until everything is as the policies want it, or for as long as an engine may take.
	 * What began within the limit counts. There are two rounds at least: on a busy
	 * machine one may take as long as the limit.
	 * @return those that have not settled, with the reason where not all could be tried
	 */
	Map<SubjectPod, String> untilAsExpected(Phase phase, List<SubjectPod> measured, Place place) {
		Duration notBefore = notBefore(phase);
		Instant limit = Instant.now().plus(notBefore).plus(this.settle);
		AtomicInteger rounds = new AtomicInteger();
		Map<SubjectPod, String> unsettled = new HashMap<>();
		measured.forEach((subject) -> unsettled.put(subject, "they were not tried"));
		Condition.holdsWithin(this.settle.plus(Limits.ALL.round().multipliedBy(2)), notBefore, () -> {
			round(phase, unsettled, place);
			return unsettled.isEmpty() || (rounds.incrementAndGet() > 1 && Instant.now().isAfter(limit));
		});
		if (rounds.get() == 0 && !unsettled.isEmpty()) {
			round(phase, unsettled, place);
		}
		return unsettled;
	}

	private void round(Phase phase, Map<SubjectPod, String> unsettled, Place place) {
		Map<SubjectPod, Target> targets = targets(List.copyOf(unsettled.keySet()), place);
		Dials.Round round = measure(phase, targets);
		targets.forEach((subject, target) -> {
			Map<Control, Reach> reached = round.reached().get(target);
			if (reached == null) {
				unsettled.put(subject, round.failures().getOrDefault(target, "nothing could be tried"));
			}
			else if (Expectation.areMet(reached, this.policy, phase)) {
				unsettled.remove(subject);
			}
			else {
				unsettled.put(subject, "");
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
	List<SubjectPod> whileWatched(List<SubjectPod> watched) {
		List<SubjectPod> left = new ArrayList<>(watched);
		Condition.holdsWithin(Limits.ALL.round(), () -> {
			Map<SubjectPod, Target> targets = targets(left, SubjectPod::target);
			Dials.Round round = measure(Phase.DURING, targets);
			left.removeIf((subject) -> round.reached().containsKey(targets.get(subject)));
			return left.isEmpty();
		});
		return left;
	}

	private static Map<SubjectPod, Target> targets(List<SubjectPod> subjects, Place place) {
		return subjects.stream().collect(Collectors.toMap((subject) -> subject, place::of));
	}

	private Dials.Round measure(Phase phase, Map<SubjectPod, Target> targets) {
		Phase wanted = (phase == Phase.SETTLING) ? Phase.DURING : phase;
		Dials.Round round = this.connections
			.dials(targets.values().stream().distinct().toList(),
					(control) -> Expectation.of(control, this.policy, wanted) == Expectation.OPEN)
			.make();
		targets.forEach((subject, target) -> subject.note(phase, round.reached().getOrDefault(target, Map.of())));
		return round;
	}

	/** What controls are tried to and from in a subject's place. */
	@FunctionalInterface
	interface Place {

		Target of(SubjectPod subject);

	}

}
