package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Pod;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Subject;
import io.pyserver.lab.shipped.ShippedPod;
import org.jspecify.annotations.Nullable;

/** Makes what the steps saw of the pods into the evidence for each of their cells. */
final class CellEvidenceCollector {

	private final Scene scene;

	private final Lab lab;

	private final @Nullable Instant policyCreated;

	private final Map<Probed, ProbeLog> whole = new HashMap<>();

	private final Map<Probed, Set<String>> addresses = new HashMap<>();

	CellEvidenceCollector(Scene scene, @Nullable Instant policyCreated) {
		this.scene = scene;
		this.lab = scene.lab();
		this.policyCreated = policyCreated;
	}

	/** For each cell and each pod with its mechanism. */
	List<CellEvidence> collect(List<Cell> cells, Collection<Course> courses) {
		readLogs();
		return cells.stream()
			.flatMap((cell) -> courses.stream()
				.filter((course) -> course.pod().mechanism() == cell.mechanism())
				.map((course) -> collect(cell, course)))
			.toList();
	}

	/** Where an experiment stopped early there may be none to read. */
	private void readLogs() {
		try {
			this.scene.logs().now();
		}
		catch (IllegalStateException ex) {
			// What was read before is what there is.
		}
	}

	private CellEvidence collect(Cell cell, Course course) {
		List<ControlEvidence> controls = course.attempts()
			.entrySet()
			.stream()
			.map((tried) -> new ControlEvidence(tried.getKey(), tried.getValue()))
			.toList();
		return new CellEvidence(cell, subject(cell, course), controls, probes(cell, course), course.harm(cell.kind()),
				course.causality(cell.kind()), course.marks(), course.problem());
	}

	private @Nullable Subject subject(Cell cell, Course course) {
		Pod started = course.started();
		if (started == null) {
			return null;
		}
		Probed pod = course.pod();
		return new Subject(this.scene.group().namespace(), pod.name(), pod.node(),
				this.addresses.computeIfAbsent(pod, this::addressesOfItsNode), UnderTest.image(started),
				this.lab.cluster().imageIdentity(),
				ShippedPod.isProbed(UnderTest.container(started), cell.kind(), cell.mechanism()), course.createdAt(),
				this.policyCreated);
	}

	/**
	 * Where nobody can look from the node, the pod knows one more than the API server.
	 */
	private Set<String> addressesOfItsNode(Probed pod) {
		Set<String> addresses = new HashSet<>(this.lab.surroundings().addressesOf(pod.node()));
		if (!this.lab.cluster().node(pod.node()).hasWayIn()) {
			addresses.addAll(pod.operator().gateways());
		}
		return addresses;
	}

	private ProbeLog wholeLog(Course course) {
		if (course.wasStartedAgain()) {
			this.scene.logs().rememberPrevious(course.pod());
		}
		return this.scene.logs().whole(course.pod());
	}

	/**
	 * Startup is over when a running pod meets the policies: there it is the start after
	 * the one on purpose that counts.
	 */
	private @Nullable ProbeEvidence probes(Cell cell, Course course) {
		Instant enforced = course.enforced();
		if (enforced == null) {
			return null;
		}
		ProbeLog log = this.whole.computeIfAbsent(course.pod(), (_) -> wholeLog(course));
		boolean startup = cell.kind() == Kind.STARTUP;
		Instant since = (startup && cell.order() == Order.POLICY_FIRST) ? course.createdAt() : enforced;
		Counted counted = course.last(Outcome.Watched.class)
			.map(Outcome.Watched::counted)
			.orElseGet(() -> new Counted(since, Map.of(), Map.of()));
		Instant until = startup ? log.latest() : counted.until();
		return new ProbeEvidence(this.lab.settings().period(cell.mechanism()), since,
				until.isBefore(since) ? since : until, log.probes(cell.mechanism(), cell.kind()),
				counted.byLog().getOrDefault(cell.kind(), 0),
				cell.mechanism().crossesTheNetwork() ? counted.byHistory().get(cell.kind()) : null,
				log.claimed(enforced));
	}

}
