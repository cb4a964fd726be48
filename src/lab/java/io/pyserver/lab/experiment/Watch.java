package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Harm.Restart;

/**
 * Watches pods under enforced policies with nothing broken, until of each probes were
 * counted that succeeded at the end of the watch, or that failed.
 */
final class Watch implements Step {

	private final Scene scene;

	private final Rounds rounds;

	private final Stops stops;

	private final Map<Probed, Instant> enforced;

	private final Instant exposed;

	private final Map<Probed, Instant> logged = new HashMap<>();

	private final Map<Probed, List<Restart>> restarts = new HashMap<>();

	private Instant end = Instant.now();

	/**
	 * Of pods of which it is known since when the policies are enforced.
	 * @param exposed restarts since then may be the policies' doing
	 */
	Watch(Scene scene, Map<Probed, Instant> enforced, Instant exposed) {
		this.exposed = exposed;
		this.scene = scene;
		this.rounds = scene.rounds();
		this.stops = new Stops(scene);
		this.enforced = enforced;
	}

	@Override
	public void run() {
		LabSettings settings = this.scene.settings();
		try (Sabotage.Ongoing _ = this.scene.lab()
			.sabotage()
			.start(this.enforced.keySet().stream().map(Probed::target).toList())) {
			Duration untilLastRound = settings.watch().minus(Limits.ALL.lastRound());
			Condition.holdsWithin(untilLastRound.plus(Limits.ALL.late()), untilLastRound, () -> true);
			lastRound();
			Duration late = Limits.ALL.late().plus(settings.period(Mechanism.EXEC).multipliedBy(2));
			Condition.holdsWithin(Limits.ALL.lastRound().plus(late), this::isSeenToTheEnd);
		}
		this.scene.recorder().readNow();
		this.end = Instant.now();
		noteRestarts();
		readLogs();
		judgeFailing();
	}

	/** A container that is just starting again answers nobody. */
	private void lastRound() {
		Condition.holdsWithin(Limits.ALL.restarted(),
				() -> this.enforced.keySet().stream().allMatch((pod) -> isFailing(pod) || isReady(pod)));
		List<Probed> ready = this.enforced.keySet().stream().filter((pod) -> !isFailing(pod) && isReady(pod)).toList();
		this.rounds.whileWatched(ready)
			.forEach((pod) -> this.stops.stop(pod,
					Unwell.because("the controls could not be tried while probes were watched")));
	}

	private boolean isReady(Probed pod) {
		return this.scene.group().states(pod.name()).getLast().ready();
	}

	private boolean isSeenToTheEnd() {
		return this.enforced.keySet().stream().allMatch((pod) -> isFailing(pod) || isSuccessfulToTheEnd(pod));
	}

	/** A probe of each kind succeeded after the time to watch. */
	private boolean isSuccessfulToTheEnd(Probed pod) {
		return isSuccessfulSince(pod, this.enforced.get(pod).plus(this.scene.settings().watch()));
	}

	private boolean isSuccessfulSince(Probed pod, Instant moment) {
		return Stream.of(Kind.LIVENESS, Kind.READINESS)
			.allMatch((kind) -> this.scene.recorder().since(pod, kind, moment).successful() > 0);
	}

	private boolean isFailing(Probed pod) {
		return isFailing(pod, Kind.LIVENESS) || isFailing(pod, Kind.READINESS);
	}

	private boolean isFailing(Probed pod, Kind kind) {
		return this.scene.recorder().since(pod, kind, this.enforced.get(pod)).failed() > ProbeEvidence.LATE_ANSWERS;
	}

	private void readLogs() {
		this.scene.logs().readAll();
		this.enforced.keySet().forEach((pod) -> this.logged.put(pod, this.scene.logs().whole(pod).latest()));
	}

	/**
	 * Looks what becomes of pods whose probes fail: the kubelet restarts them where that
	 * is liveness, and may never find them ready again.
	 */
	private void judgeFailing() {
		List<Probed> failing = new ArrayList<>(this.enforced.keySet());
		failing.removeIf((pod) -> !isFailing(pod) && this.restarts.get(pod).stream().noneMatch(Restart::byProbe));
		Condition.holdsWithin(this.scene.restartedWithin(Mechanism.EXEC),
				() -> failing.stream()
					.filter((pod) -> isFailing(pod, Kind.LIVENESS))
					.noneMatch((pod) -> this.scene.restarts(pod, this.exposed).isEmpty()));
		noteRestarts();
		// A kubelet finds a pod ready until enough probes have failed.
		Condition.holdsWithin(this.scene.restartedWithin(Mechanism.EXEC),
				() -> failing.stream().allMatch((pod) -> !isReady(pod) || isSuccessfulSince(pod, this.end)));
		this.stops.awaitReady(failing, this.scene.settings().ready());
		failing.stream()
			.filter(this.stops::isWell)
			.forEach((pod) -> this.stops.stop(pod, Unwell.because("its probes failed with nothing broken on purpose")));
	}

	private void noteRestarts() {
		this.enforced.keySet().forEach((pod) -> this.restarts.put(pod, this.scene.restarts(pod, this.exposed)));
	}

	@Override
	public Map<Probed, Outcome.Watched> seen() {
		return Step.ofEach(this.enforced.keySet(), (pod) -> {
			@Nullable Instant logged = this.logged.get(pod);
			return new Outcome.Watched(this.rounds.attempts(pod), this.end, logged,
					this.restarts.getOrDefault(pod, List.of()), this.stops.of(pod));
		});
	}

}
