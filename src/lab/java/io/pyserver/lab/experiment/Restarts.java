package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.Harm.Restart;

/** Finds out how often a pod's container was started again, and whether probes did it. */
final class Restarts {

	/**
	 * The kubelet restarts after two failed probes at least; a single one may fail
	 * because the container has just ended.
	 */
	private static final int LED_TO_IT = 2;

	private Restarts() {
	}

	/**
	 * Looks for them.
	 * @param since those before do not count
	 * @param unnoticed how long the failed probes that lead to a restart may take
	 * @return in the order of time
	 */
	static List<Restart> of(Probed pod, ProbeRecorder recorder, Instant since, Duration unnoticed) {
		List<PodState> states = pod.group().states(pod.name());
		List<Restart> restarts = new ArrayList<>();
		for (int i = 1; i < states.size(); i++) {
			PodState state = states.get(i);
			int times = state.restarts() - states.get(i - 1).restarts();
			if (times > 0 && state.since().isAfter(since)) {
				boolean byProbe = isByProbe(state, recorder.counts(pod, Kind.LIVENESS), unnoticed);
				PodState.End end = state.lastEnd();
				Restart restart = new Restart((end != null) ? end.at() : state.since(), state.since(),
						readySince(states.subList(i, states.size())),
						(end != null) ? end.reason() : "for no known reason", byProbe);
				IntStream.range(0, times).forEach((_) -> restarts.add(restart));
			}
		}
		return restarts;
	}

	/** By what was counted from then on until it was noticed. */
	private static boolean isByProbe(PodState state, List<ProbeCount> counts, Duration unnoticed) {
		Instant from = state.since().minus(unnoticed);
		List<ProbeCount> before = new ArrayList<>();
		for (ProbeCount count : counts) {
			if (!count.at().isAfter(from)) {
				before.clear();
			}
			before.add(count);
			if (count.at().isAfter(state.since())) {
				break;
			}
		}
		return ProbeCount.between(before).failed() >= LED_TO_IT
				&& !(state.lastEnd() != null && state.lastEnd().isForWantOfMemory());
	}

	private static @Nullable Instant readySince(List<PodState> states) {
		return states.stream().filter(PodState::ready).map(PodState::since).findFirst().orElse(null);
	}

}
