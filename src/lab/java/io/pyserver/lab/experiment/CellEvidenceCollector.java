package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Subject;
import io.pyserver.lab.shipped.Policies;
import io.pyserver.lab.shipped.ShippedPod;
import org.jspecify.annotations.Nullable;

/** Makes what was seen of a pod into the evidence for each of its cells. */
final class CellEvidenceCollector {

	private final Lab lab;

	private final PodGroup group;

	private final Policies policies;

	private final Map<String, List<LogLine>> logsNow;

	private final Map<SubjectPod, ProbeLog> logs = new HashMap<>();

	private final Map<SubjectPod, Set<String>> addresses = new HashMap<>();

	CellEvidenceCollector(Lab lab, PodGroup group, Policies policies) {
		this.lab = lab;
		this.group = group;
		this.policies = policies;
		this.logsNow = logsOrNone(group);
	}

	/** Where an experiment stopped early there may be none to read. */
	private static Map<String, List<LogLine>> logsOrNone(PodGroup group) {
		try {
			return group.logs();
		}
		catch (IllegalStateException ex) {
			return Map.of();
		}
	}

	/** For each cell and each pod with its mechanism. */
	List<CellEvidence> collect(List<Cell> cells, List<SubjectPod> pods) {
		return cells.stream()
			.flatMap((cell) -> pods.stream()
				.filter((pod) -> pod.mechanism == cell.mechanism())
				.map((pod) -> collect(cell, pod)))
			.toList();
	}

	private CellEvidence collect(Cell cell, SubjectPod pod) {
		List<ControlEvidence> controls = pod.attempts.entrySet()
			.stream()
			.map((tried) -> new ControlEvidence(tried.getKey(), tried.getValue()))
			.toList();
		return new CellEvidence(cell, subject(cell, pod), controls, probes(cell, pod), pod.harm(cell.kind()),
				pod.causality.get(cell.kind()), pod.marks, pod.problem);
	}

	private @Nullable Subject subject(Cell cell, SubjectPod pod) {
		if (pod.created == null) {
			return null;
		}
		return new Subject(this.group.namespace(), pod.name, pod.node,
				this.addresses.computeIfAbsent(pod, this::addressesOfItsNode), UnderTest.image(pod.created),
				this.lab.cluster().imageIdentity(),
				ShippedPod.isProbed(UnderTest.container(pod.created), cell.kind(), cell.mechanism()), pod.createdAt(),
				this.policies.created());
	}

	/**
	 * Where nobody can look from the node, the pod knows one more than the API server.
	 */
	private Set<String> addressesOfItsNode(SubjectPod pod) {
		Set<String> addresses = new HashSet<>(this.lab.surroundings().addressesOf(pod.node));
		if (!this.lab.cluster().node(pod.node).hasWayIn()) {
			addresses.addAll(pod.operator().gateways());
		}
		return addresses;
	}

	private ProbeLog wholeLog(SubjectPod pod) {
		pod.logIn(this.logsNow);
		if (pod.brokenOnPurpose || pod.restarts > 0) {
			pod.rememberPreviousLog();
		}
		return pod.wholeLog();
	}

	/**
	 * Startup is over when a running pod meets the policies: there it is the start after
	 * the one on purpose that counts.
	 */
	private @Nullable ProbeEvidence probes(Cell cell, SubjectPod pod) {
		if (pod.enforced.equals(Instant.MAX)) {
			return null;
		}
		ProbeLog log = this.logs.computeIfAbsent(pod, this::wholeLog);
		boolean startup = cell.kind() == Kind.STARTUP;
		Instant since = (startup && cell.order() == Order.POLICY_FIRST) ? pod.createdAt() : pod.enforced;
		Watched watched = Objects.requireNonNullElse(pod.watched, new Watched(since, Map.of(), Map.of()));
		Instant until = startup ? log.latest() : watched.until();
		if (until.isBefore(since)) {
			until = since;
		}
		return new ProbeEvidence(this.lab.settings().period(cell.mechanism()), since, until,
				log.probes(cell.mechanism(), cell.kind()), watched.byLog().getOrDefault(cell.kind(), 0),
				cell.mechanism().crossesTheNetwork() ? watched.byHistory().get(cell.kind()) : null,
				log.claimed(pod.enforced));
	}

}
