package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence;

/**
 * Watches pods under enforced policies with nothing broken, until of each probes were
 * counted that succeeded at the end of the watch, or that failed.
 *
 * @param pods of which it is known since when the policies are enforced
 */
record Watch(Setup setup, List<PodUnderTest> pods) {

	void run() {
		Instant begun = Instant.now();
		this.pods.forEach((pod) -> pod.seen().watched(begun));
		LabSettings settings = this.setup.settings();
		Runnable end = this.setup.lab().sabotage().start(this.pods);
		try {
			Duration untilLastRound = settings.watch().minus(Limits.ALL.lastRound());
			Condition.holdsWithin(untilLastRound.plus(Limits.ALL.late()), untilLastRound, () -> true);
			lastRound();
			Duration late = Limits.ALL.late().plus(settings.period(Mechanism.EXEC).multipliedBy(2));
			Condition.holdsWithin(Limits.ALL.lastRound().plus(late), this::isSeenToTheEnd);
		}
		finally {
			end.run();
		}
		this.setup.recorder().readNow();
		Instant ended = Instant.now();
		this.pods.forEach((pod) -> pod.seen().watched(ended));
		noteRestarts();
		this.pods.forEach((pod) -> {
			pod.readLog();
			pod.seen().logged(pod.log().latest());
		});
		judgeFailing(ended);
	}

	/** A container that is just starting again answers nobody. */
	private void lastRound() {
		Condition.holdsWithin(Limits.ALL.restarted(),
				() -> this.pods.stream().allMatch((pod) -> isFailing(pod) || pod.isReady()));
		List<PodUnderTest> ready = this.pods.stream().filter((pod) -> !isFailing(pod) && pod.isReady()).toList();
		this.setup.controls()
			.whileWatched(ready)
			.forEach((pod) -> pod.seen().stop("the controls could not be tried while probes were watched"));
	}

	private boolean isSeenToTheEnd() {
		return this.pods.stream().allMatch((pod) -> isFailing(pod) || isSuccessfulToTheEnd(pod));
	}

	/** A probe of each kind succeeded after the time to watch. */
	private boolean isSuccessfulToTheEnd(PodUnderTest pod) {
		return isSuccessfulSince(pod, enforced(pod).plus(this.setup.settings().watch()));
	}

	private static boolean isSuccessfulSince(PodUnderTest pod, Instant start) {
		return Stream.of(Kind.LIVENESS, Kind.READINESS)
			.allMatch((kind) -> pod.probes().since(kind, start).successful() > 0);
	}

	private static Instant enforced(PodUnderTest pod) {
		return Objects.requireNonNull(pod.seen().at(What.ENFORCED));
	}

	private static boolean isFailing(PodUnderTest pod) {
		return isFailing(pod, Kind.LIVENESS) || isFailing(pod, Kind.READINESS);
	}

	private static boolean isFailing(PodUnderTest pod, Kind kind) {
		return pod.probes().since(kind, enforced(pod)).failed() > ProbeEvidence.LATE_ANSWERS;
	}

	/**
	 * Looks what becomes of pods whose probes fail: the kubelet restarts them where that
	 * is liveness, and may never find them ready again.
	 */
	private void judgeFailing(Instant ended) {
		List<PodUnderTest> failing = new ArrayList<>(this.pods);
		failing.removeIf((pod) -> !isFailing(pod) && !pod.seen().isRestartedByProbe());
		Duration noticed = this.setup.noticedWithin(Mechanism.EXEC);
		Condition.holdsWithin(noticed,
				() -> failing.stream()
					.filter((pod) -> isFailing(pod, Kind.LIVENESS))
					.noneMatch((pod) -> this.setup.restarts(pod).isEmpty()));
		noteRestarts();
		// A kubelet finds a pod ready until enough probes have failed.
		Condition.holdsWithin(noticed,
				() -> failing.stream().allMatch((pod) -> !pod.isReady() || isSuccessfulSince(pod, ended)));
		this.setup.readiness().awaitAgain(failing, this.setup.settings().ready());
		failing.stream()
			.filter((pod) -> !pod.seen().isStopped())
			.forEach((pod) -> pod.seen().stop("its probes failed with nothing broken on purpose"));
	}

	private void noteRestarts() {
		this.pods.forEach((pod) -> pod.seen().restarted(this.setup.restarts(pod)));
	}

}
