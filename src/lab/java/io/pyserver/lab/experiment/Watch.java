package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Kind;

/**
 * Watches pods under enforced policies with nothing broken: whether probes keep arriving,
 * and what the kubelets say. It lasts until each pod has shown the one or the other.
 */
final class Watch implements Step {

	private final Scene scene;

	private final Rounds rounds;

	private final Stops stops;

	private final KubeletEvents whenDenied;

	private final Map<Probed, Instant> enforced;

	private final Map<Probed, Counted> counted = new HashMap<>();

	private final Map<Probed, Map<Kind, KubeletEvents>> said = new HashMap<>();

	private final Map<Probed, Integer> restarts = new HashMap<>();

	/**
	 * Of pods of which it is known since when the policies are enforced.
	 * @param whenDenied what had been said when the policies came
	 */
	Watch(Scene scene, KubeletEvents whenDenied, Map<Probed, Instant> enforced) {
		this.scene = scene;
		this.rounds = scene.rounds();
		this.stops = new Stops(scene);
		this.whenDenied = whenDenied;
		this.enforced = enforced;
	}

	/** Until the log shows a probe of each kind after {@code lab.watch}. */
	@Override
	public void run() {
		LabSettings settings = this.scene.settings();
		KubeletEvents before = this.scene.group().events();
		try (Sabotage.Ongoing _ = this.scene.lab()
			.sabotage()
			.start(this.enforced.keySet().stream().map(Probed::target).toList())) {
			Duration untilLastRound = settings.watch().minus(Limits.ALL.lastRound());
			awaitProbes(before, untilLastRound, untilLastRound);
			lastRound();
			if (!awaitProbes(before, settings.watch(), Duration.ZERO)) {
				// Their lines in the log show how long no probe has come.
				lastRound();
			}
		}
		// Before anything else is asked of the pods.
		KubeletEvents events = this.scene.group().events();
		countRestarts(this.enforced.keySet());
		for (Probed pod : this.enforced.keySet()) {
			// What led to a restart may have been said before the watch.
			KubeletEvents since = events.since((this.restarts.get(pod) > 0) ? this.whenDenied : before).of(pod.name());
			this.said.put(pod,
					Arrays.stream(Kind.values()).collect(Collectors.toMap((kind) -> kind, since::unhealthy)));
		}
		readHistory();
		List<Probed> troubled = this.enforced.keySet().stream().filter(this::isTroubled).toList();
		this.stops.awaitReady(troubled, settings.ready(),
				(pod) -> events.since(this.whenDenied).of(pod.name()).unhealthy());
		countRestarts(troubled);
	}

	private void countRestarts(Collection<Probed> pods) {
		pods.forEach((pod) -> this.restarts.put(pod, restarts(pod)));
	}

	/** More than one answer was late, or it was started again. */
	private boolean isTroubled(Probed pod) {
		return this.restarts.get(pod) > 0
				|| this.said.get(pod).values().stream().anyMatch((events) -> events.messages().size() > 1);
	}

	/** Where its container is gone, its kubelet has the last word. */
	private void lastRound() {
		this.rounds.whileWatched(this.enforced.keySet().stream().filter((pod) -> restarts(pod) == 0).toList())
			.stream()
			.filter((pod) -> restarts(pod) == 0)
			.forEach((pod) -> this.stops.stop(pod,
					Unwell.because("the controls could not be tried while probes were watched")));
	}

	private void readHistory() {
		Map<String, List<LogLine>> first = this.scene.logs().now();
		Map<Probed, Map<Kind, Integer>> histories = new ConcurrentHashMap<>();
		SideBySide.each(this.enforced.keySet(),
				(pod) -> histories.put(pod, this.scene.lab().sabotage().history(pod.operator().history())));
		Map<String, List<LogLine>> last = this.scene.logs().now();
		this.enforced.forEach((pod, since) -> this.counted.put(pod, Counted.of(pod.mechanism(), since, pod.logIn(first),
				histories.getOrDefault(pod, Map.of()), pod.logIn(last))));
	}

	/**
	 * Whether the log of each shows probes of both kinds after so long a time. A pod of
	 * which the kubelet complains is waited for until it is started again.
	 */
	private boolean awaitProbes(KubeletEvents before, Duration watch, Duration notBefore) {
		Instant end = Instant.now().plus(notBefore).plus(Limits.ALL.late());
		AtomicBoolean seen = new AtomicBoolean();
		Condition.holdsWithin(notBefore.plus(Limits.ALL.restarted()), notBefore, () -> {
			List<Probed> missing = notSeenFor(watch);
			seen.set(missing.isEmpty());
			return seen.get() || (Instant.now().isAfter(end) && nothingIsSaid(before, missing));
		});
		return seen.get();
	}

	private List<Probed> notSeenFor(Duration watch) {
		Map<String, List<LogLine>> now = this.scene.logs().now();
		return this.enforced.keySet()
			.stream()
			.filter((pod) -> !isSeenFor(watch, pod, pod.logIn(now)) && restarts(pod) == 0)
			.toList();
	}

	/** Whether its log shows probes of both kinds after the time to watch. */
	private boolean isSeenFor(Duration watch, Probed pod, ProbeLog log) {
		return Stream.of(Kind.LIVENESS, Kind.READINESS)
			.map((kind) -> log.probes(pod.mechanism(), kind))
			.allMatch(
					(probes) -> !probes.isEmpty() && probes.getLast().at().isAfter(this.enforced.get(pod).plus(watch)));
	}

	private boolean nothingIsSaid(KubeletEvents before, List<Probed> of) {
		KubeletEvents liveness = this.scene.group().events().since(before).unhealthy(Kind.LIVENESS);
		return of.stream().allMatch((pod) -> liveness.of(pod.name()).events().isEmpty());
	}

	private int restarts(Probed pod) {
		return this.scene.group().restarts().getOrDefault(pod.name(), 0);
	}

	@Override
	public Map<Probed, Outcome.Watched> seen() {
		return Step.ofEach(this.enforced.keySet(),
				(pod) -> new Outcome.Watched(this.rounds.attempts(pod), this.counted.get(pod),
						this.said.getOrDefault(pod, Map.of()), this.restarts.getOrDefault(pod, 0), this.stops.of(pod)));
	}

}
