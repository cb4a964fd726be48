package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.Harm.Restart;

/**
 * What became of a container under test: when it was started again, and for how long it
 * was out of service.
 *
 * @param states of its pod, in the order of time
 */
record ContainerHistory(List<PodState> states) {

	/**
	 * The kubelet restarts after two failed probes at least; a single one may fail
	 * because the container has just ended.
	 */
	private static final int LED_TO_IT = 2;

	/**
	 * Its restarts, in the order of time.
	 * @param since those before do not count
	 * @param liveness the counts that tell whether probes did it
	 * @param unnoticed how long the failed probes that lead to a restart may take
	 */
	List<Restart> restarts(Instant since, List<ProbeCount> liveness, Duration unnoticed) {
		List<Restart> restarts = new ArrayList<>();
		for (int i = 1; i < this.states.size(); i++) {
			PodState state = this.states.get(i);
			int times = state.restarts() - this.states.get(i - 1).restarts();
			if (times > 0 && state.since().isAfter(since)) {
				restarts.addAll(Collections.nCopies(times, restart(i, isByProbe(state, liveness, unnoticed))));
			}
		}
		return restarts;
	}

	private Restart restart(int i, boolean byProbe) {
		PodState state = this.states.get(i);
		Instant ready = this.states.stream()
			.skip(i)
			.filter(PodState::ready)
			.map(PodState::since)
			.findFirst()
			.orElse(null);
		PodState.End end = state.lastEnd();
		return (end != null) ? new Restart(end.at(), state.since(), ready, end.reason(), byProbe)
				: new Restart(state.since(), state.since(), ready, "for no known reason", byProbe);
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

	/** How long its pod was not ready between two points in time, without a restart. */
	Duration outOfService(Instant from, Instant to) {
		Duration sum = Duration.ZERO;
		for (int i = 1; i < this.states.size(); i++) {
			PodState state = this.states.get(i);
			Instant begin = state.since().isBefore(from) ? from : state.since();
			Instant next = (i + 1 < this.states.size()) ? this.states.get(i + 1).since() : to;
			Instant end = next.isAfter(to) ? to : next;
			if (!state.ready() && state.restarts() == this.states.get(i - 1).restarts() && end.isAfter(begin)) {
				sum = sum.plus(Duration.between(begin, end));
			}
		}
		return sum;
	}

}
