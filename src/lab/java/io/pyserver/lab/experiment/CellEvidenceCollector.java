package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Subject;
import io.pyserver.lab.evidence.Harm.Unready;
import io.pyserver.lab.shipped.ShippedPod;

/** Makes what the steps saw of the pods into the evidence for each of their cells. */
final class CellEvidenceCollector {

	private final Scene scene;

	private final Lab lab;

	private final @Nullable Instant policyCreated;

	private final Map<Probed, ProbeLog> whole = new HashMap<>();

	CellEvidenceCollector(Scene scene, @Nullable Instant policyCreated) {
		this.scene = scene;
		this.lab = scene.lab();
		this.policyCreated = policyCreated;
	}

	/** For each cell and each pod with its mechanism. */
	List<Observation> collect(List<Cell> cells, Collection<Course> courses) {
		this.scene.logs().readAll();
		this.scene.addresses().refresh();
		return cells.stream()
			.flatMap((cell) -> courses.stream()
				.filter((course) -> course.pod().mechanism() == cell.mechanism())
				.map((course) -> collect(cell, course)))
			.toList();
	}

	private Observation collect(Cell cell, Course course) {
		List<ControlEvidence> controls = course.attempts()
			.entrySet()
			.stream()
			.map((tried) -> new ControlEvidence(tried.getKey(), tried.getValue()))
			.toList();
		ProbeEvidence probes = probes(cell, course);
		return new Observation(cell, subject(cell, course), controls, probes, harm(cell, course, probes),
				course.causality(cell.kind()), course.marks(), course.problem());
	}

	private Harm harm(Cell cell, Course course, @Nullable ProbeEvidence probes) {
		Probed pod = course.pod();
		Unwell unwell = course.unwell();
		Unready unready = (unwell != null) ? unwell.unready() : null;
		if (probes == null) {
			return new Harm(course.restarts(), Duration.ZERO, List.of(), unready);
		}
		ProbeCounts counts = probes.counts();
		List<String> said = this.scene.group()
			.events()
			.of(pod.name())
			.unhealthy(cell.kind())
			.since(counts.exposed())
			.until(counts.end())
			.messages();
		return new Harm(course.restarts(),
				outOfService(this.scene.group().states(pod.name()), counts.exposed(), counts.end()), said, unready);
	}

	/** How long a pod was not ready between two moments without being started again. */
	private static Duration outOfService(List<PodState> states, Instant from, Instant to) {
		Duration sum = Duration.ZERO;
		for (int i = 1; i < states.size(); i++) {
			PodState state = states.get(i);
			Instant begin = state.since().isBefore(from) ? from : state.since();
			Instant next = (i + 1 < states.size()) ? states.get(i + 1).since() : to;
			Instant end = next.isAfter(to) ? to : next;
			if (!state.ready() && state.restarts() == states.get(i - 1).restarts() && end.isAfter(begin)) {
				sum = sum.plus(Duration.between(begin, end));
			}
		}
		return sum;
	}

	private @Nullable Subject subject(Cell cell, Course course) {
		Pod started = course.started();
		if (started == null) {
			return null;
		}
		Probed pod = course.pod();
		return new Subject(this.scene.group().namespace(), pod.name(), pod.node(), this.scene.addresses().of(pod),
				UnderTest.image(started), this.lab.cluster().imageIdentity(),
				ShippedPod.isProbed(UnderTest.container(started), cell.kind(), cell.mechanism()), course.createdAt(),
				this.policyCreated);
	}

	private ProbeLog wholeLog(Course course) {
		if (course.wasStartedAgain()) {
			this.scene.logs().readPrevious(course.pod());
		}
		return this.scene.logs().whole(course.pod());
	}

	private @Nullable ProbeEvidence probes(Cell cell, Course course) {
		Instant enforced = course.at(What.ENFORCED);
		Instant logged = course.last(Outcome.Settled.class).map(Outcome.Settled::logged).orElse(null);
		if (enforced == null || logged == null) {
			return null;
		}
		Probed pod = course.pod();
		ProbeLog log = this.whole.computeIfAbsent(pod, (_) -> wholeLog(course));
		ProbeCounts counts = counts(cell, course, enforced);
		boolean startup = cell.kind() == Kind.STARTUP;
		Instant since = (startup && cell.order() == Order.POLICY_FIRST) ? course.createdAt() : logged;
		Instant until = startup ? log.latest()
				: course.last(Outcome.Watched.class).map(Outcome.Watched::logged).orElse(logged);
		ProbeRecorder recorder = this.scene.recorder();
		return new ProbeEvidence(this.lab.settings().period(cell.mechanism()), failureThreshold(cell, course), counts,
				since, until.isBefore(since) ? since : until, log.probes(cell.mechanism(), cell.kind()),
				log.claimed(logged), recorder.latencies(pod, cell.kind(), Instant.EPOCH, counts.exposed()).latency(),
				recorder.latencies(pod, cell.kind(), startup ? counts.exposed() : enforced, counts.end()).latency());
	}

	private static int failureThreshold(Cell cell, Course course) {
		Pod started = course.started();
		return (started != null) ? ShippedPod.failureThreshold(UnderTest.container(started), cell.kind())
				: Scene.FAILURES;
	}

	/**
	 * Startup is over when a running pod meets the policies: there it is the start after
	 * the one on purpose that counts, and so all of the experiment. Of the other kinds a
	 * pod is exposed to the policies once it is ready.
	 */
	private ProbeCounts counts(Cell cell, Course course, Instant enforced) {
		List<ProbeCount> readings = this.scene.recorder().counts(course.pod(), cell.kind());
		ProbeCounts.Source source = this.scene.recorder().source(course.pod().node());
		List<Restart> excused = course.restarts().stream().filter((restart) -> !restart.byProbe()).toList();
		Instant applied = Objects.requireNonNullElse(course.at(What.POLICY_APPLIED), enforced);
		if (cell.kind() == Kind.STARTUP) {
			Instant first = readings.isEmpty() ? enforced : readings.getFirst().at();
			return new ProbeCounts(source, (cell.order() == Order.POLICY_FIRST) ? first : applied, enforced,
					readings.isEmpty() ? enforced : readings.getLast().at(), excused, readings);
		}
		Instant ready = Objects.requireNonNullElse(course.at(What.READY), enforced);
		Instant end = course.last(Outcome.Watched.class).map(Outcome.Watched::end).orElse(enforced);
		return new ProbeCounts(source, ready.isAfter(applied) ? ready : applied, enforced, end, excused, readings);
	}

}
