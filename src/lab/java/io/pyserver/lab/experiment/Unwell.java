package io.pyserver.lab.experiment;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.evidence.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Why no more is asked of a pod.
 *
 * @param problem in one line
 * @param listens it takes requests, and its node does not find it well
 * @param said what its kubelet said of failed probes, which is held against each kind;
 * nothing where that was not looked at
 */
record Unwell(String problem, boolean listens, Map<Kind, KubeletEvents> said) {

	Unwell {
		problem = LabException.oneLine(problem);
	}

	static Unwell because(@Nullable String problem) {
		return new Unwell(String.valueOf(problem), false, Map.of());
	}

	/**
	 * It is not ready, which is held against all kinds: where its kubelet says nothing of
	 * one, perhaps as it has said all it is allowed to, by what it said of the others.
	 * @param silence what its kubelet said before that cannot have been asked for
	 * @param otherwise what to say of it where it does not even listen
	 */
	static Unwell notReady(Readiness.NotReady late, KubeletEvents silence, String otherwise) {
		Map<Kind, KubeletEvents> said = new EnumMap<>(Kind.class);
		for (Kind kind : Kind.values()) {
			said.put(kind,
					Stream.of(silence.unhealthy(kind), late.said().unhealthy(kind), late.said())
						.filter((words) -> !words.events().isEmpty())
						.findFirst()
						.orElse(silence));
		}
		return new Unwell(late.listens() ? "it listened, and its node did not find it ready" : otherwise,
				late.listens(), said);
	}

	/**
	 * The first problem stays; later words of its kubelet take the place of earlier ones.
	 */
	Unwell then(Unwell later) {
		return later.said.isEmpty() ? this : new Unwell(this.problem, later.listens, later.said);
	}

}
