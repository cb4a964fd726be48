package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;

/**
 * The restarts of a container under test, and how long its pod was out of service.
 *
 * @param states the states of the pod, in the order of time
 */
record ContainerHistory(List<PodState> states) {

	/**
	 * The least number of failed probes that cause a restart. A single probe may fail
	 * because the container has just ended.
	 */
	private static final long FAILURES_BEFORE_RESTART = 2;

	/**
	 * The restarts of the container, in the order of time.
	 * @param since earlier restarts do not count
	 * @param liveness the counts that tell whether probes led to a restart
	 * @param noticed how long before a restart its failed probes may have begun
	 */
	List<Restart> restarts(Instant since, List<ProbeCount> liveness, Duration noticed) {
		List<Restart> restarts = new ArrayList<>();
		for (int i = 1; i < this.states.size(); i++) {
			PodState state = this.states.get(i);
			int times = state.restarts() - this.states.get(i - 1).restarts();
			if (times > 0 && state.since().isAfter(since)) {
				restarts.addAll(Collections.nCopies(times, restart(i, isByProbe(state, liveness, noticed))));
			}
		}
		return restarts;
	}

	private Restart restart(int i, boolean byProbe) {
		Instant again = this.states.get(i).since();
		Instant ready = this.states.stream()
			.skip(i)
			.filter(PodState::ready)
			.map(PodState::since)
			.findFirst()
			.orElse(null);
		PodState.End end = this.states.get(i).lastEnd();
		return (end != null) ? new Restart(end.at(), again, ready, end.reason(), byProbe)
				: new Restart(again, again, ready, "for no known reason", byProbe);
	}

	/** Counts failures up to the first reading after the restart. */
	private static boolean isByProbe(PodState state, List<ProbeCount> counts, Duration noticed) {
		Instant from = state.since().minus(noticed);
		Instant to = counts.stream()
			.map(ProbeCount::at)
			.filter((at) -> at.isAfter(state.since()))
			.findFirst()
			.orElse(Instant.MAX);
		long failed = ProbeCount.steps(counts)
			.stream()
			.filter((step) -> step.at().isAfter(from) && !step.at().isAfter(to))
			.mapToLong(ProbeCount::failed)
			.sum();
		return failed >= FAILURES_BEFORE_RESTART && !(state.lastEnd() != null && state.lastEnd().isOutOfMemory());
	}

	/** How long the pod was not ready between two moments, apart from restarts. */
	Duration outOfService(Instant from, Instant to) {
		Duration sum = Duration.ZERO;
		for (int i = 1; i < this.states.size(); i++) {
			PodState state = this.states.get(i);
			Instant begin = Collections.max(List.of(state.since(), from));
			Instant next = (i + 1 < this.states.size()) ? this.states.get(i + 1).since() : to;
			Instant end = Collections.min(List.of(next, to));
			if (!state.ready() && state.restarts() == this.states.get(i - 1).restarts() && end.isAfter(begin)) {
				sum = sum.plus(Duration.between(begin, end));
			}
		}
		return sum;
	}

}
