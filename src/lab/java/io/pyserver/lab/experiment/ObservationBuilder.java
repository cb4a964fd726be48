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

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.ControlEvidence.Phase;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Observation.Subject;
import io.pyserver.lab.evidence.Harm.Unready;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * Takes what the steps of an experiment see of a pod, and makes the evidence for each of
 * its cells of it. Of what no step looked at it says nothing.
 */
final class ObservationBuilder {

	private final PodUnderTest pod;

	private final Map<Control, List<Attempt>> attempts = new EnumMap<>(Control.class);

	private final List<Mark> marks = new ArrayList<>();

	private final Map<Kind, Causality> causality = new EnumMap<>(Kind.class);

	private List<Restart> restarts = List.of();

	/** As it was when it was waited for, or null where there was none. */
	private @Nullable Pod started;

	private @Nullable Instant loggedWhenEnforced;

	private @Nullable Instant watchEnded;

	private @Nullable Instant loggedWhenWatched;

	/** Why no more is asked of the pod, in one line. */
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

	/** It was waited for. */
	void started(@Nullable Pod pod) {
		this.started = pod;
	}

	/**
	 * The controls showed enforcement: the last attempts are the first of the watch, and
	 * what its log says from now on came under enforced policies.
	 */
	void enforced(Instant at) {
		mark(What.ENFORCED, at);
		this.attempts.forEach((control, tried) -> {
			Attempt last = tried.getLast();
			tried.add(new Attempt(Phase.DURING, last.at(), last.reach()));
		});
		Instant logged = this.pod.log().latest();
		this.loggedWhenEnforced = logged.isAfter(createdAt()) ? logged : createdAt();
	}

	/** It was watched until now, by the lab's clock. */
	void watched(Instant until) {
		this.watchEnded = until;
	}

	/** The log was read at the end of the watch. */
	void logged(Instant latest) {
		this.loggedWhenWatched = latest;
	}

	/** Its container was started again so often with nothing broken on purpose. */
	void restarted(List<Restart> restarts) {
		this.restarts = List.copyOf(restarts);
	}

	/** A kind of probe was broken. */
	void broken(Kind kind, Causality causality) {
		this.causality.put(kind, causality);
	}

	/** No more is asked of it. */
	void stop(@Nullable String problem) {
		stop(problem, false, null);
	}

	/**
	 * No more is asked of it. The first problem stays; what is known later of its probes
	 * counts.
	 * @param listens it takes requests, and its node does not find it well
	 * @param unready which of its probes fails; null where that is not known
	 */
	synchronized void stop(@Nullable String problem, boolean listens, @Nullable Unready unready) {
		if (this.problem == null || unready != null) {
			this.listens = listens;
			this.unready = unready;
		}
		if (this.problem == null) {
			this.problem = LabException.oneLine(problem);
		}
	}

	/** Nothing was seen yet that makes more of it pointless. */
	boolean isWell() {
		return !isStopped() && !isRestartedByProbe();
	}

	boolean isRestartedByProbe() {
		return this.restarts.stream().anyMatch(Restart::byProbe);
	}

	/** Its container is not the first one, whoever asked for that. */
	boolean wasStartedAgain() {
		return !this.restarts.isEmpty() || at(What.RESTARTED) != null;
	}

	boolean isStopped() {
		return this.problem != null;
	}

	/** Controls can be tried from it and to it. */
	boolean isRunning() {
		return !this.pod.ip().isEmpty() && (isWell() || this.listens);
	}

	/** When something first happened to it, by the lab's clock, or null if it did not. */
	synchronized @Nullable Instant at(What what) {
		return this.marks.stream().filter((mark) -> mark.what() == what).map(Mark::at).findFirst().orElse(null);
	}

	/**
	 * What was seen of it so far for one of its cells.
	 * @param period of its probes
	 * @param policyCreated when the API server took the last of the policies, or null
	 */
	Observation observation(Cell cell, Duration period, @Nullable Instant policyCreated) {
		List<ControlEvidence> controls = this.attempts.entrySet()
			.stream()
			.map((tried) -> new ControlEvidence(tried.getKey(), tried.getValue()))
			.toList();
		ProbeEvidence probes = probes(cell, period);
		return new Observation(cell, subject(cell, policyCreated), controls, probes, harm(cell, probes),
				this.causality.get(cell.kind()), this.marks, this.problem);
	}

	private Harm harm(Cell cell, @Nullable ProbeEvidence probes) {
		if (probes == null) {
			return new Harm(this.restarts, Duration.ZERO, List.of(), this.unready);
		}
		Instant from = probes.counts().exposed();
		Instant to = probes.counts().end();
		return new Harm(this.restarts, new ContainerHistory(this.pod.states()).outOfService(from, to),
				this.pod.events().unhealthy(cell.kind()).since(from).until(to).messages(), this.unready);
	}

	private @Nullable Subject subject(Cell cell, @Nullable Instant policyCreated) {
		if (this.started == null) {
			return null;
		}
		return new Subject(this.pod.group().namespace(), this.pod.name(), this.pod.node().name(),
				this.pod.nodeAddresses(), UnderTest.image(this.started), this.pod.group().cluster().imageIdentity(),
				ShippedPod.isProbed(UnderTest.container(this.started), cell.kind(), cell.mechanism()), createdAt(),
				policyCreated);
	}

	private Instant createdAt() {
		return (this.started != null) ? Instant.parse(this.started.getMetadata().getCreationTimestamp()) : Instant.MIN;
	}

	private @Nullable ProbeEvidence probes(Cell cell, Duration period) {
		Instant enforced = at(What.ENFORCED);
		Instant logged = this.loggedWhenEnforced;
		if (enforced == null || logged == null) {
			return null;
		}
		ProbeLog log = this.pod.log();
		ProbeCounts counts = counts(cell, enforced);
		boolean startup = cell.kind() == Kind.STARTUP;
		Instant since = (startup && cell.order() == Order.POLICY_FIRST) ? createdAt() : logged;
		Instant until = startup ? log.latest() : Objects.requireNonNullElse(this.loggedWhenWatched, logged);
		int failureThreshold = (this.started != null)
				? ShippedPod.failureThreshold(UnderTest.container(this.started), cell.kind()) : Readiness.FAILURES;
		return new ProbeEvidence(period, failureThreshold, counts, since, until.isBefore(since) ? since : until,
				log.probes(cell.mechanism(), cell.kind()), log.claimed(logged),
				this.pod.probes().latency(cell.kind(), Instant.EPOCH, counts.exposed()),
				this.pod.probes().latency(cell.kind(), startup ? counts.exposed() : enforced, counts.end()));
	}

	/**
	 * Startup is over when a running pod meets the policies: there it is the start after
	 * the one on purpose that counts, and so all of the experiment. Of the other kinds a
	 * pod is exposed to the policies once it is ready.
	 */
	private ProbeCounts counts(Cell cell, Instant enforced) {
		List<ProbeCount> readings = this.pod.probes().counts(cell.kind());
		ProbeCounts.Source source = ProbeRecorder.source(this.pod.group(), this.pod.node().name());
		List<Restart> excused = this.restarts.stream().filter((restart) -> !restart.byProbe()).toList();
		Instant applied = Objects.requireNonNullElse(at(What.POLICY_APPLIED), enforced);
		if (cell.kind() == Kind.STARTUP) {
			Instant first = readings.isEmpty() ? enforced : readings.getFirst().at();
			Instant last = readings.isEmpty() ? enforced : readings.getLast().at();
			return new ProbeCounts(source, (cell.order() == Order.POLICY_FIRST) ? first : applied, enforced, last,
					excused, readings);
		}
		Instant ready = Objects.requireNonNullElse(at(What.READY), enforced);
		Instant end = Objects.requireNonNullElse(this.watchEnded, enforced);
		return new ProbeCounts(source, ready.isAfter(applied) ? ready : applied, enforced, end, excused, readings);
	}

}
