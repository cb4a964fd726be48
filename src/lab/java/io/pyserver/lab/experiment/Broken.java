package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Cell.Kind;

/**
 * Some pods of which a kind of probe was made to fail.
 *
 * @param at just before that
 * @param followed those that it was noticed of
 * @param bystanders others that it happened to as well
 */
record Broken(Kind kind, Instant at, List<PodUnderTest> pods, Set<PodUnderTest> followed,
		Set<PodUnderTest> bystanders) {

	/** Of which nothing was noticed yet. */
	static Broken of(Kind kind, Instant at, List<PodUnderTest> pods) {
		return new Broken(kind, at, pods, new HashSet<>(), new HashSet<>());
	}

	/** Which of them soon were so since then, and when first. */
	Map<PodUnderTest, PodState> noticed(Duration limit, BiPredicate<PodUnderTest, PodState> condition) {
		Map<PodUnderTest, PodState> noticed = new HashMap<>();
		Condition.holdsWithin(limit, () -> {
			for (PodUnderTest pod : this.pods) {
				List<PodState> states = pod.states();
				states.stream()
					.filter((state) -> state.since().isAfter(this.at) || state == states.getLast())
					.filter((state) -> condition.test(pod, state))
					.findFirst()
					.ifPresent((state) -> noticed.putIfAbsent(pod, state));
			}
			return noticed.size() == this.pods.size();
		});
		return noticed;
	}

	/**
	 * What followed of one of them.
	 * @param others that it happened to as well
	 */
	Causality causality(PodUnderTest pod, Stream<String> others) {
		return new Causality(this.kind.label() + " was broken",
				(this.kind == Kind.LIVENESS) ? "this container was started again and no other"
						: "the pod was unready until it was put right",
				this.followed.contains(pod), others.sorted().toList(),
				pod.events().since(this.at).unhealthyOrKilling().messages());
	}

}
