package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Whether there is enough to say that probes survive. */
final class Proof {

	/**
	 * How far log and history may differ: one probe of each may be on its way when they
	 * are read.
	 */
	static final int UNDER_WAY = 2;

	private Proof() {
	}

	static List<String> missing(CellEvidence evidence) {
		List<String> missing = new ArrayList<>();
		if (evidence.problem() != null) {
			missing.add(evidence.problem());
		}
		ProbeEvidence probes = evidence.probes();
		Subject subject = evidence.subject();
		if (probes == null || subject == null) {
			missing.add("nothing was seen of the probes");
			return missing;
		}
		if (!isInOrder(evidence.cell(), subject.created(), subject.policyCreated())) {
			missing.add("the order is not %s: the pod is of %s, the policies are of %s"
				.formatted(evidence.cell().order().label(), subject.created(), subject.policyCreated()));
		}
		missing.addAll(missingProbes(evidence, subject, probes));
		missingControls(evidence).forEach(missing::add);
		Causality causality = evidence.causality();
		if (causality == null) {
			missing.add("nothing was broken on purpose, so nothing shows that the kubelet acts on this probe");
		}
		else {
			if (!causality.followed()) {
				missing.add("%s, but it was not seen that %s".formatted(causality.broken(), causality.expected()));
			}
			if (!causality.bystanders().isEmpty()) {
				missing.add("%s, and it hit others as well: %s".formatted(causality.broken(),
						String.join(", ", causality.bystanders())));
			}
		}
		return missing;
	}

	/** The API server counts in whole seconds. */
	private static boolean isInOrder(Cell cell, Instant pod, @Nullable Instant policy) {
		if (cell.policy() == Policy.NONE) {
			return policy == null;
		}
		return policy != null && ((cell.order() == Order.POLICY_FIRST) ? !policy.isAfter(pod) : !policy.isBefore(pod));
	}

	private static List<String> missingProbes(CellEvidence evidence, Subject subject, ProbeEvidence probes) {
		Cell cell = evidence.cell();
		List<String> missing = new ArrayList<>();
		if (probes.enforced().isEmpty()) {
			missing.add("no %s probe is in the pod's log from %s to %s, and the kubelet holds nothing against the pod"
				.formatted(cell.kind().label(), probes.since(), probes.until()));
		}
		else if (!keptArriving(cell, probes)) {
			missing.add("no probe was seen for %d ms, at most %d is one that is missed and a late answer"
				.formatted(probes.longestGap().toMillis(), longestGap(probes).toMillis()));
		}
		Set<String> foreign = sources(
				probes.enforced().stream().filter((probe) -> Origin.of(probe, evidence).isForeignTo(cell.mechanism())));
		if (!foreign.isEmpty()) {
			missing.add("probes came from %s, which is no address of %s".formatted(String.join(", ", foreign),
					cell.mechanism().crossesTheNetwork() ? "node " + subject.node() : "the pod's loopback"));
		}
		Integer byHistory = probes.byHistory();
		if (cell.mechanism().crossesTheNetwork()) {
			if (byHistory == null) {
				missing.add("the pod's history could not be read");
			}
			else if (Math.abs(byHistory - probes.byLog()) > UNDER_WAY) {
				missing.add("the pod's history counts %d probes and its log has %d: one of the two stopped"
					.formatted(byHistory, probes.byLog()));
			}
		}
		if (!probes.claimed().isEmpty()) {
			missing.add("%d requests pretended to be probes, from %s: what is not the kubelet's spoils the evidence"
				.formatted(probes.claimed().size(),
						probes.claimed().stream().map(SeenProbe::source).distinct().collect(Collectors.joining(", "))));
		}
		return missing;
	}

	private static List<String> missingControls(CellEvidence evidence) {
		List<String> missing = new ArrayList<>();
		List<ControlEvidence> controls = decided(evidence);
		for (ControlEvidence control : controls) {
			for (Phase phase : new Phase[] { Phase.BEFORE, Phase.DURING, Phase.AFTER }) {
				if (control.last(phase).isEmpty()) {
					missing.add("%s was not tried %s".formatted(control.control().label(), phase.label()));
				}
			}
			control.last(Phase.BEFORE)
				.filter((reach) -> reach != Reach.REACHED)
				.ifPresent((reach) -> missing
					.add("already before any policy, %s was %s".formatted(control.control().label(), reach.label())));
			control.last(Phase.AFTER)
				.filter((reach) -> reach != Reach.REACHED)
				.ifPresent((reach) -> missing.add("without the policies, %s stayed %s: it may not have been they"
					.formatted(control.control().label(), reach.label())));
		}
		if (controls.isEmpty()) {
			missing.add("no control was tried");
		}
		return missing;
	}

	private static List<ControlEvidence> decided(CellEvidence evidence) {
		return evidence.controls().stream().filter((control) -> control.control().isDecidedByPolicies()).toList();
	}

	/** Of startup one is enough. */
	static boolean keptArriving(Cell cell, ProbeEvidence probes) {
		return !probes.enforced().isEmpty()
				&& (cell.kind() == Kind.STARTUP || probes.longestGap().compareTo(longestGap(probes)) <= 0);
	}

	private static Set<String> sources(Stream<SeenProbe> probes) {
		return probes.map(SeenProbe::source).collect(Collectors.toCollection(TreeSet::new));
	}

	/** One is missed, which takes as long as its timeout, and the next is as late. */
	private static Duration longestGap(ProbeEvidence probes) {
		Duration period = probes.period();
		return period.plus(ProbeEvidence.max(period, ProbeEvidence.TIMEOUT)).plus(ProbeEvidence.TIMEOUT);
	}

	/** What was seen, where nothing is missing. */
	static List<String> of(CellEvidence evidence) {
		ProbeEvidence probes = evidence.probes();
		Causality causality = evidence.causality();
		if (probes == null || causality == null) {
			throw new IllegalArgumentException("There is no proof without probes and causality");
		}
		List<String> proof = new ArrayList<>();
		proof.add("%d probes from %s, the longest gap %d ms".formatted(probes.enforced().size(),
				String.join(", ", sources(probes.enforced().stream())), probes.longestGap().toMillis()));
		proof.add("%d controls as they had to be".formatted(decided(evidence).size()));
		proof.add("%s, and it was seen that %s".formatted(causality.broken(), causality.expected()));
		evidence.controls()
			.stream()
			.filter((control) -> !control.control().isDecidedByPolicies())
			.flatMap((control) -> control.last(Phase.DURING)
				.map((reach) -> "observed: %s was %s".formatted(control.control().label(), reach.label()))
				.stream())
			.forEach(proof::add);
		evidence.harm().unhealthy().stream().map((message) -> "one answer was late: " + message).forEach(proof::add);
		return proof;
	}

}
