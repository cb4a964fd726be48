package io.pyserver.lab.matrix;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;

/** Tries every control of an experiment's pods, again and again. */
record Rounds(Lab lab, Policy policy, Order order) {

	/** A round takes 3 to 10 seconds. */
	private static final Duration LIMIT = Duration.ofSeconds(30);

	/**
	 * Most engines enforce a policy on running pods within that; a round that begins
	 * sooner may find it half done, and is lost.
	 */
	private static final Duration TO_ENFORCE = Duration.ofSeconds(2);

	/**
	 * Until everything is as the policies want it, or for as long as an engine may take.
	 * What began within the limit counts. There are two rounds at least: on a busy
	 * machine one may take as long as the limit.
	 * @throws IllegalStateException when not one round could be made, saying why
	 */
	boolean untilAsExpected(Phase phase, List<SubjectPod> measured, Place place) {
		Duration settle = this.lab.settings().settle();
		Duration notBefore = notBefore(phase);
		Instant limit = Instant.now().plus(notBefore).plus(settle);
		AtomicInteger rounds = new AtomicInteger();
		AtomicBoolean asExpected = new AtomicBoolean();
		Condition.holdsWithin(settle.plus(LIMIT.multipliedBy(2)), notBefore, () -> {
			asExpected.set(isAsExpected(phase, measure(phase, measured, place)));
			return asExpected.get() || (rounds.incrementAndGet() > 1 && Instant.now().isAfter(limit));
		});
		return asExpected.get() || (rounds.get() == 0 && isAsExpected(phase, measure(phase, measured, place)));
	}

	private Duration notBefore(Phase phase) {
		return (phase == Phase.SETTLING && this.order == Order.POD_FIRST && this.policy != Policy.NONE) ? TO_ENFORCE
				: Duration.ZERO;
	}

	/** Once; again only where a command could not be run. */
	void whileWatched(List<SubjectPod> watched) {
		if (!Condition.holdsWithin(LIMIT,
				() -> measure(Phase.DURING, watched, SubjectPod::target).size() == watched.size())) {
			throw new IllegalStateException("the controls could not be tried while probes were watched");
		}
	}

	private boolean isAsExpected(Phase phase, Collection<Map<Control, Reach>> measured) {
		return measured.stream()
			.flatMap((controls) -> controls.entrySet().stream())
			.allMatch((tried) -> isOpen(phase, tried.getKey()) ? tried.getValue() == Reach.REACHED
					: tried.getValue().blocked());
	}

	private boolean isOpen(Phase phase, Control control) {
		return !phase.underPolicies() || control.openUnder(this.policy);
	}

	private Collection<Map<Control, Reach>> measure(Phase phase, List<SubjectPod> measured, Place place) {
		Map<SubjectPod, Target> targets = measured.stream().collect(Collectors.toMap((subject) -> subject, place::of));
		Map<Target, Map<Control, Reach>> reached = this.lab.surroundings()
			.dials(targets.values().stream().distinct().toList(), (control) -> isOpen(phase, control))
			.make();
		measured.forEach((subject) -> subject.note(phase, reached.getOrDefault(targets.get(subject), Map.of())));
		return reached.values();
	}

	/** What controls are tried to and from in a subject's place. */
	@FunctionalInterface
	interface Place {

		Target of(SubjectPod subject);

	}

}
