package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Control.ControlEvidence;
import io.pyserver.lab.evidence.Control.Attempt;
import io.pyserver.lab.evidence.Observation.Harm;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Observation.Unready;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Observation.Subject;
import io.pyserver.lab.experiment.ProbeRecorder.Readings;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * Collects what the steps of an experiment observe of one pod, and makes the observation
 * of each cell from it. An observation has only what a step has observed.
 */
final class ObservationBuilder {

	private final PodUnderTest pod;

	private final Map<Control, List<Attempt>> attempts = new EnumMap<>(Control.class);

	private final List<Mark> marks = new ArrayList<>();

	private final Map<Kind, Causality> causality = new EnumMap<>(Kind.class);

	private List<Restart> restarts = List.of();

	/** The pod after the lab has waited for it, or null if there is none. */
	private @Nullable Pod started;

	private @Nullable Instant watchEnded;

	/** The last line of the log at enforcement, by the clock of the node. */
	private @Nullable Instant loggedWhenEnforced;

	/** The last line of the log at the end of the watch, by the clock of the node. */
	private @Nullable Instant loggedWhenWatched;

	/** Why the experiment gave the pod up, in one line; null if it did not. */
	private @Nullable String problem;

	private boolean listens;

	private @Nullable Unready unready;

	ObservationBuilder(PodUnderTest pod) {
		this.pod = pod;
	}

	synchronized void tried(Control control, Attempt attempt) {
		this.attempts.computeIfAbsent(control, (_) -> new ArrayList<>()).add(attempt);
	}

	synchronized void mark(What what, Instant at) {
		this.marks.add(new Mark(at, what));
	}

	void started(@Nullable Pod pod) {
		this.started = pod;
	}

	/**
	 * Records that the controls showed enforcement. Their last attempts are also the
	 * first attempts of the watch. Later lines of the log were written under enforced
	 * policies.
	 */
	void enforced(Instant at) {
		mark(What.ENFORCED, at);
		this.attempts.forEach((control, tried) -> {
			Attempt last = tried.getLast();
			tried.add(new Attempt(Phase.DURING, last.at(), last.reach()));
		});
		this.loggedWhenEnforced = later(created(), this.pod.log().latest());
	}

	/** Records the end of the watch, by the lab's clock. The log was read after that. */
	void watched(Instant until) {
		this.watchEnded = until;
		this.loggedWhenWatched = this.pod.log().latest();
	}

	/** Records all restarts that the lab did not cause. */
	void restarted(List<Restart> restarts) {
		this.restarts = List.copyOf(restarts);
	}

	/** Records what followed when a kind of probe was broken. */
	void broken(Kind kind, Causality causality) {
		this.causality.put(kind, causality);
	}

	/** Gives the pod up: the experiment continues without it. */
	void giveUp(@Nullable String problem) {
		giveUp(problem, false, null);
	}

	/**
	 * Gives the pod up. The first problem stays. A later problem adds only which probe
	 * fails.
	 * @param listens whether the pod accepts requests, although its kubelet does not find
	 * it ready
	 * @param unready which of its probes fails, or null if that is not known
	 */
	synchronized void giveUp(@Nullable String problem, boolean listens, @Nullable Unready unready) {
		if (this.problem == null || unready != null) {
			this.listens = listens;
			this.unready = unready;
		}
		if (this.problem == null) {
			this.problem = LabException.oneLine(problem);
		}
	}

	/** Whether the experiment continues with the pod. */
	boolean isWell() {
		return !isGivenUp() && !isRestartedByProbe();
	}

	boolean isRestartedByProbe() {
		return this.restarts.stream().anyMatch(Restart::byProbe);
	}

	/** Whether its container restarted, for whatever reason. */
	boolean wasRestarted() {
		return !this.restarts.isEmpty() || at(What.RESTARTED) != null;
	}

	boolean isGivenUp() {
		return this.problem != null;
	}

	/** Whether controls can be tried from it and to it. */
	boolean isRunning() {
		return !this.pod.ip().isEmpty() && (isWell() || this.listens);
	}

	/** When something first happened, by the lab's clock, or null if it did not. */
	synchronized @Nullable Instant at(What what) {
		return this.marks.stream().filter((mark) -> mark.what() == what).map(Mark::at).findFirst().orElse(null);
	}

	/**
	 * The observation of one of the pod's cells, from what is known so far.
	 * @param policyCreated when the API server created the last policy, or null if there
	 * is none
	 */
	Observation observation(Cell cell, @Nullable Instant policyCreated) {
		List<ControlEvidence> controls = this.attempts.entrySet()
			.stream()
			.map((tried) -> new ControlEvidence(tried.getKey(), tried.getValue()))
			.toList();
		ProbeEvidence probes = probes(cell);
		return new Observation(cell, subject(cell, policyCreated), controls, probes, harm(cell, probes),
				this.causality.get(cell.kind()), this.marks, this.problem);
	}

	private @Nullable Subject subject(Cell cell, @Nullable Instant policyCreated) {
		if (this.started == null) {
			return null;
		}
		return new Subject(this.pod.group().namespace(), this.pod.name(), this.pod.node().name(),
				this.pod.log().nodeAddresses(), ContainerUnderTest.image(this.started),
				this.pod.group().cluster().imageIdentity(),
				ShippedPod.isProbed(ContainerUnderTest.container(this.started), cell.kind(), cell.mechanism()),
				created(), policyCreated);
	}

	private Instant created() {
		return (this.started != null) ? Instant.parse(this.started.getMetadata().getCreationTimestamp()) : Instant.MIN;
	}

	private Harm harm(Cell cell, @Nullable ProbeEvidence probes) {
		if (probes == null) {
			return new Harm(this.restarts, Duration.ZERO, List.of(), this.unready);
		}
		Instant from = probes.counts().exposed();
		Instant to = probes.counts().end();
		return new Harm(this.restarts, this.pod.outOfService(from, to),
				this.pod.events().unhealthy(cell.kind()).since(from).until(to).messages(), this.unready);
	}

	private @Nullable ProbeEvidence probes(Cell cell) {
		Instant enforced = at(What.ENFORCED);
		Instant logged = this.loggedWhenEnforced;
		if (enforced == null || logged == null) {
			return null;
		}
		ProbeLog log = this.pod.log();
		Readings readings = this.pod.probes(cell.kind());
		ProbeCounts counts = counts(cell, readings.counts(), enforced);
		boolean startup = cell.kind() == Kind.STARTUP;
		Instant since = (startup && cell.order() == Order.POLICY_FIRST) ? created() : logged;
		Instant until = startup ? log.latest() : Objects.requireNonNullElse(this.loggedWhenWatched, logged);
		int failureThreshold = (this.started != null)
				? ShippedPod.failureThreshold(ContainerUnderTest.container(this.started), cell.kind())
				: Readiness.FAILURES;
		return new ProbeEvidence(this.pod.period(), failureThreshold, counts, since, later(since, until),
				log.probes(cell.mechanism(), cell.kind()), log.claimed(logged),
				readings.latency(Instant.EPOCH, counts.exposed()),
				readings.latency(startup ? counts.exposed() : enforced, counts.end()));
	}

	/**
	 * Policies can affect a probe once they are applied and the pod is ready. A startup
	 * probe ends before its pod is ready, and runs again when the lab breaks liveness
	 * after the watch. So all readings of a startup probe under the policies count.
	 */
	private ProbeCounts counts(Cell cell, List<ProbeCount> readings, Instant enforced) {
		List<Restart> excused = this.restarts.stream().filter((restart) -> !restart.byProbe()).toList();
		Instant applied = Objects.requireNonNullElse(at(What.POLICY_APPLIED), enforced);
		Instant exposed = later(applied, Objects.requireNonNullElse(at(What.READY), enforced));
		Instant end = Objects.requireNonNullElse(this.watchEnded, enforced);
		if (cell.kind() == Kind.STARTUP) {
			Instant first = readings.isEmpty() ? enforced : readings.getFirst().at();
			exposed = (cell.order() == Order.POLICY_FIRST) ? first : applied;
			end = readings.isEmpty() ? enforced : readings.getLast().at();
		}
		return new ProbeCounts(this.pod.countedBy(), exposed, enforced, end, excused, readings);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

}
