package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.ProbeCount;
import io.pyserver.lab.evidence.Restart;

/** Finds out how often a pod's container was started again, and whether probes did it. */
final class Restarts {

	/**
	 * The kubelet restarts after two failed probes at least; a single one may fail
	 * because the container has just ended.
	 */
	private static final int LED_TO_IT = 2;

	private Restarts() {
	}

	/** In the order of time. */
	static List<Restart> of(Probed pod, ProbeRecorder recorder) {
		List<PodState> states = pod.group().states(pod.name());
		List<Restart> restarts = new ArrayList<>();
		Instant begun = states.isEmpty() ? Instant.EPOCH : states.getFirst().since();
		for (int i = 1; i < states.size(); i++) {
			PodState state = states.get(i);
			int times = state.restarts() - states.get(i - 1).restarts();
			if (times > 0) {
				boolean byProbe = isByProbe(state, recorder.counts(pod, Kind.LIVENESS), begun);
				Restart restart = new Restart((state.lastEnd() != null) ? state.lastEnd().at() : state.since(),
						readySince(states.subList(i, states.size()), state.restarts()),
						(state.lastEnd() != null) ? state.lastEnd().reason() : "for no known reason", byProbe);
				IntStream.range(0, times).forEach((_) -> restarts.add(restart));
				begun = state.since();
			}
		}
		return restarts;
	}

	private static boolean isByProbe(PodState state, List<ProbeCount> counts, Instant begun) {
		Instant end = state.since().plusSeconds(1);
		List<ProbeCount> known = counts.stream().filter((count) -> !count.at().isAfter(end)).toList();
		boolean failed = !known.isEmpty() && known.getLast()
			.since(known.stream()
				.filter((count) -> !count.at().isAfter(begun))
				.reduce((_, later) -> later)
				.orElse(known.getFirst()))
			.failed() >= LED_TO_IT;
		return failed && !(state.lastEnd() != null && state.lastEnd().isForWantOfMemory());
	}

	private static @Nullable Instant readySince(List<PodState> states, int restarts) {
		return states.stream()
			.filter((state) -> state.ready() && state.restarts() == restarts)
			.map(PodState::since)
			.findFirst()
			.orElse(null);
	}

}
