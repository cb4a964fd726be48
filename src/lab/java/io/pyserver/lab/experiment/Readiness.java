package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence;
import org.jspecify.annotations.Nullable;

/**
 * Waits until pods are ready, or until their nodes have shown that they will not find
 * them so: a pod says in its log that it listens, and from then on it sees no probe while
 * its kubelet complains again and again. What it said before is no evidence, as there was
 * nothing to reach.
 *
 * @param limit for how long at most
 * @param start so long nobody looks twice
 * @param period that of the probes of a mechanism
 */
record Readiness(PodGroup group, LogBook logs, Duration limit, Duration start, Function<Mechanism, Duration> period) {

	/** As many as the shipped probes have for a failure threshold. */
	private static final int COMPLAINTS = 3;

	/**
	 * So many probes may fail of a pod of which its kubelet says nothing: it may have
	 * said all it is allowed to.
	 */
	private static final int PROBES = 4;

	/**
	 * Waits.
	 * @return those that are not ready, and what is held against them
	 */
	Map<Probed, NotReady> await(List<Probed> pods) {
		Instant start = Instant.now();
		Map<Probed, Since> listening = new HashMap<>();
		Map<Probed, NotReady> late = new HashMap<>();
		Condition.holdsWithin(this.limit, () -> {
			Set<String> names = this.group.late(pods.stream().map((pod) -> pod.name()).toList());
			late.keySet().removeIf((pod) -> !names.contains(pod.name()));
			pods.stream()
				.filter((pod) -> names.contains(pod.name()))
				.forEach((pod) -> late.putIfAbsent(pod, NotReady.SILENT));
			if (!late.isEmpty() && Duration.between(start, Instant.now()).compareTo(this.start) > 0) {
				look(late, listening);
			}
			return late.keySet().stream().allMatch((pod) -> isHopeless(pod, late.get(pod), listening.get(pod)));
		});
		return late;
	}

	private void look(Map<Probed, NotReady> late, Map<Probed, Since> listening) {
		Map<String, String> printed = this.group.printed();
		Map<String, List<LogLine>> logs = this.logs.remember(printed);
		KubeletEvents events = this.group.events().unhealthy();
		late.replaceAll((pod, known) -> {
			if (!PodGroup.isListening(printed.getOrDefault(pod.name(), ""))
					|| !this.group.states(pod.name()).getLast().running()) {
				listening.remove(pod);
				return known;
			}
			PodState state = this.group.states(pod.name()).getLast();
			Since now = new Since(state.restarts(), pod.logIn(logs).probes(pod.mechanism()).size(), Instant.now(),
					events);
			Since since = listening.computeIfAbsent(pod, (_) -> now);
			if (now.restarts() != since.restarts()) {
				listening.put(pod, now);
				return known;
			}
			if (now.probes() > since.probes()) {
				// They get through, late as they may be.
				listening.put(pod, now);
				return NotReady.SILENT;
			}
			return new NotReady(true, events.since(since.events()).of(pod.name()));
		});
	}

	private boolean isHopeless(Probed pod, NotReady known, @Nullable Since since) {
		return since != null && (known.said().messages().size() >= COMPLAINTS
				|| since.at().plus(patience(pod)).isBefore(Instant.now()));
	}

	private Duration patience(Probed pod) {
		return this.period.apply(pod.mechanism()).plus(ProbeEvidence.TIMEOUT).multipliedBy(PROBES);
	}

	/**
	 * A pod that is not ready.
	 *
	 * @param listens whether it says that it takes requests
	 * @param said what its kubelet said of failed probes since then
	 */
	record NotReady(boolean listens, KubeletEvents said) {

		private static final NotReady SILENT = new NotReady(false, KubeletEvents.NONE);

	}

	/**
	 * When a container listened that had so many restarts, and had seen so many probes.
	 */
	private record Since(int restarts, long probes, Instant at, KubeletEvents events) {
	}

}
