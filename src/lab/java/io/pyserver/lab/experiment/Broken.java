package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Kind;

/**
 * Some pods of which a kind of probe was made to fail.
 *
 * @param at just before that
 * @param followed those that it was noticed of
 * @param bystanders others that it happened to as well
 */
record Broken(PodGroup group, Kind kind, Instant at, List<SubjectPod> half, Set<SubjectPod> followed,
		Set<SubjectPod> bystanders) {

	static Broken of(PodGroup group, Kind kind, Instant at, List<SubjectPod> half) {
		return new Broken(group, kind, at, half, new HashSet<>(), new HashSet<>());
	}

	/** Which of them soon were so since then, and when first. */
	Map<SubjectPod, PodState> noticed(BiPredicate<SubjectPod, PodState> condition) {
		Map<SubjectPod, PodState> noticed = new HashMap<>();
		Condition.holdsWithin(Limits.ALL.restarted(), () -> {
			for (SubjectPod subject : this.half) {
				List<PodState> states = this.group.states(subject.name);
				states.stream()
					.filter((state) -> state.since().isAfter(this.at) || state == states.getLast())
					.filter((state) -> condition.test(subject, state))
					.findFirst()
					.ifPresent((state) -> noticed.putIfAbsent(subject, state));
			}
			return noticed.size() == this.half.size();
		});
		return noticed;
	}

}
