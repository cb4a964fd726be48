package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Kind;

/**
 * Watches pods under enforced policies with nothing broken: whether probes keep arriving,
 * and what the kubelets say. It lasts until each pod has shown the one or the other.
 *
 * @param whenDenied what had been said when the policies came
 */
record Watch(Lab lab, PodGroup group, Rounds rounds, KubeletEvents whenDenied, List<SubjectPod> watched) {

	/** Until the log shows a probe of each kind after {@code lab.watch}. */
	void run() {
		LabSettings settings = this.lab.settings();
		KubeletEvents before = this.group.events();
		try (Sabotage.Ongoing _ = this.lab.sabotage().start(this.watched.stream().map(SubjectPod::target).toList())) {
			Duration untilLastRound = settings.watch().minus(Limits.ALL.lastRound());
			awaitProbes(before, untilLastRound, untilLastRound);
			lastRound();
			if (!awaitProbes(before, settings.watch(), Duration.ZERO)) {
				// Their lines in the log show how long no probe has come.
				lastRound();
			}
		}
		// Before anything else is asked of the pods.
		KubeletEvents events = this.group.events();
		Map<String, Integer> restarts = this.group.restarts();
		for (SubjectPod subject : this.watched) {
			subject.restarts = restarts.getOrDefault(subject.name, 0);
			// What led to a restart may have been said before the watch.
			KubeletEvents said = events.since((subject.restarts > 0) ? this.whenDenied : before).of(subject.name);
			for (Kind kind : Kind.values()) {
				subject.holdAgainst(kind, said.unhealthy(kind));
			}
		}
		readHistory();
		List<SubjectPod> troubled = this.watched.stream().filter(SubjectPod::isTroubled).toList();
		this.lab.readiness(this.group, settings.ready())
			.await(troubled)
			.forEach((subject, late) -> subject.notReady(late,
					events.since(this.whenDenied).of(subject.name).unhealthy(),
					"it was not ready again within %d s".formatted(settings.ready().toSeconds())));
		Map<String, Integer> restartsNow = troubled.isEmpty() ? restarts : this.group.restarts();
		troubled.forEach((subject) -> subject.restarts = restartsNow.getOrDefault(subject.name, 0));
	}

	/** Where its container is gone, its kubelet has the last word. */
	private void lastRound() {
		this.rounds.whileWatched(this.watched.stream().filter((subject) -> restarts(subject) == 0).toList())
			.stream()
			.filter((subject) -> restarts(subject) == 0)
			.forEach((subject) -> subject.stop("the controls could not be tried while probes were watched"));
	}

	private void readHistory() {
		Map<String, List<LogLine>> first = this.group.logs();
		Map<SubjectPod, Map<Kind, Integer>> counted = new ConcurrentHashMap<>();
		SideBySide.each(this.watched,
				(subject) -> counted.put(subject, this.lab.sabotage().history(subject.operator().history())));
		Map<String, List<LogLine>> last = this.group.logs();
		this.watched.forEach((subject) -> subject.watched = Watched.of(subject.mechanism, subject.enforced,
				subject.logIn(first), counted.getOrDefault(subject, Map.of()), subject.logIn(last)));
	}

	/**
	 * Whether the log of each shows probes of both kinds after so long a time. A pod of
	 * which the kubelet complains is waited for until it is started again.
	 */
	private boolean awaitProbes(KubeletEvents before, Duration watch, Duration notBefore) {
		Instant end = Instant.now().plus(notBefore).plus(Limits.ALL.late());
		AtomicBoolean seen = new AtomicBoolean();
		Condition.holdsWithin(notBefore.plus(Limits.ALL.restarted()), notBefore, () -> {
			List<SubjectPod> missing = notSeenFor(watch);
			seen.set(missing.isEmpty());
			return seen.get() || (Instant.now().isAfter(end) && nothingIsSaid(before, missing));
		});
		return seen.get();
	}

	private List<SubjectPod> notSeenFor(Duration watch) {
		Map<String, List<LogLine>> logs = this.group.logs();
		return this.watched.stream()
			.filter((subject) -> !subject.isSeenFor(watch, subject.logIn(logs)) && restarts(subject) == 0)
			.toList();
	}

	private boolean nothingIsSaid(KubeletEvents before, List<SubjectPod> of) {
		KubeletEvents said = this.group.events().since(before).unhealthy(Kind.LIVENESS);
		return of.stream().allMatch((subject) -> said.of(subject.name).events().isEmpty());
	}

	private int restarts(SubjectPod subject) {
		return this.group.restarts().getOrDefault(subject.name, 0);
	}

}
