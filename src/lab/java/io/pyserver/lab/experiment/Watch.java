package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.ProbeEvidence;

/**
 * Watches pods while policies are enforced and nothing is broken. After the time to
 * watch, the lab waits until a liveness and a readiness probe of each pod succeed. It
 * does not wait for a pod whose probes fail.
 *
 * @param pods the pods whose controls have shown enforcement
 */
record Watch(Setup setup, List<PodUnderTest> pods) {

	void run() {
		LabSettings settings = this.setup.settings();
		this.setup.lab().sabotage().start(this.pods);
		Duration untilLastRound = settings.watch().minus(Limits.ALL.lastRound());
		Condition.holdsWithin(untilLastRound.plus(Limits.ALL.late()), untilLastRound, () -> true);
		tryControls();
		Duration late = Limits.ALL.late().plus(settings.period(Mechanism.EXEC).multipliedBy(2));
		Condition.holdsWithin(Limits.ALL.lastRound().plus(late), () -> this.pods.stream()
			.allMatch((pod) -> isFailing(pod) || isSuccessfulSince(pod, enforced(pod).plus(settings.watch()))));
		this.setup.recorder().readNow();
		Instant ended = Instant.now();
		SideBySide.each(this.pods, (pod) -> {
			pod.log().read();
			pod.seen().watched(ended);
		});
		recordRestarts();
		followFailing(ended);
	}

	/** A container that is restarting does not answer, so the lab first waits for it. */
	private void tryControls() {
		Condition.holdsWithin(Limits.ALL.restarted(),
				() -> this.pods.stream().allMatch((pod) -> isFailing(pod) || pod.isReady()));
		List<PodUnderTest> ready = this.pods.stream().filter((pod) -> !isFailing(pod) && pod.isReady()).toList();
		this.setup.controls()
			.untilAsExpected(Phase.DURING, ready)
			.keySet()
			.forEach((pod) -> pod.seen().giveUp("the controls could not be tried while probes were watched"));
	}

	private static boolean isSuccessfulSince(PodUnderTest pod, Instant start) {
		return Stream.of(Kind.LIVENESS, Kind.READINESS)
			.allMatch((kind) -> pod.probes(kind).since(start).successful() > 0);
	}

	private static boolean isFailing(PodUnderTest pod) {
		return isFailing(pod, Kind.LIVENESS) || isFailing(pod, Kind.READINESS);
	}

	private static boolean isFailing(PodUnderTest pod, Kind kind) {
		return pod.probes(kind).since(enforced(pod)).failed() > ProbeEvidence.LATE_ANSWERS;
	}

	private static Instant enforced(PodUnderTest pod) {
		return Objects.requireNonNull(pod.seen().at(What.ENFORCED));
	}

	/**
	 * Waits until the kubelet has acted on the failing probes. After failed liveness
	 * probes, it restarts the container. After failed readiness probes, it marks the pod
	 * as not ready.
	 */
	private void followFailing(Instant ended) {
		List<PodUnderTest> failing = this.pods.stream()
			.filter((pod) -> isFailing(pod) || pod.seen().isRestartedByProbe())
			.toList();
		Duration noticed = this.setup.noticedWithin();
		Condition.holdsWithin(noticed,
				() -> failing.stream().noneMatch((pod) -> isFailing(pod, Kind.LIVENESS) && pod.restarts().isEmpty()));
		recordRestarts();
		Condition.holdsWithin(noticed,
				() -> failing.stream().allMatch((pod) -> !pod.isReady() || isSuccessfulSince(pod, ended)));
		this.setup.readiness().awaitAgain(failing, this.setup.settings().ready());
		failing.forEach((pod) -> pod.seen().giveUp("its probes failed with nothing broken on purpose"));
	}

	private void recordRestarts() {
		this.pods.forEach((pod) -> pod.seen().restarted(pod.restarts()));
	}

}
