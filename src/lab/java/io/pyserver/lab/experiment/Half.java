package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;

/**
 * Some pods of which a kind of probe was made to fail.
 *
 * @param at just before that
 * @param followed those that it was noticed of
 * @param bystanders others that it happened to as well
 */
record Half(Scene scene, Kind kind, Instant at, List<Probed> pods, Set<Probed> followed, Set<Probed> bystanders) {

	static Half of(Scene scene, Kind kind, Instant at, List<Probed> pods) {
		return new Half(scene, kind, at, pods, new HashSet<>(), new HashSet<>());
	}

	/** Which of them soon were so since then, and when first. */
	Map<Probed, PodState> noticed(BiPredicate<Probed, PodState> condition) {
		Map<Probed, PodState> noticed = new HashMap<>();
		Condition.holdsWithin(this.scene.restartedWithin(Mechanism.EXEC), () -> {
			for (Probed pod : this.pods) {
				List<PodState> states = this.scene.group().states(pod.name());
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
	Causality causality(Probed pod, Stream<String> others) {
		KubeletEvents said = this.scene.group().events().of(pod.name()).since(this.at).unhealthyOrKilling();
		return new Causality(this.kind.label() + " was broken",
				(this.kind == Kind.LIVENESS) ? "this container was started again and no other"
						: "the pod was unready until it was put right",
				this.followed.contains(pod), others.sorted().toList(), said.messages());
	}

}
