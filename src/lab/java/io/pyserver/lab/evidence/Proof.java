package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Whether there is enough to say that probes survive. */
final class Proof {

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
		missingCounts(evidence, probes).ifPresent(missing::add);
		if (probes.enforced().isEmpty()) {
			missing.add("no %s probe is in the pod's log from %s to %s, so it is not known where they came from"
				.formatted(cell.kind().label(), probes.since(), probes.until()));
		}
		Set<String> foreign = sources(
				probes.enforced().stream().filter((probe) -> Origin.of(probe, evidence).isForeignTo(cell.mechanism())));
		if (!foreign.isEmpty()) {
			missing.add("probes came from %s, which is no address of %s".formatted(String.join(", ", foreign),
					cell.mechanism().crossesTheNetwork() ? "node " + subject.node() : "the pod's loopback"));
		}
		if (!probes.claimed().isEmpty()) {
			missing.add("%d requests pretended to be probes, from %s: what is not the kubelet's spoils the evidence"
				.formatted(probes.claimed().size(), String.join(", ", sources(probes.claimed().stream()))));
		}
		return missing;
	}

	/** Of startup one success is enough. */
	private static Optional<String> missingCounts(CellEvidence evidence, ProbeEvidence probes) {
		ProbeCounts counts = probes.counts();
		Kind kind = evidence.cell().kind();
		if (!counts.reachTheEnd()) {
			return Optional.of("probes were not counted after %s, and the watch ended at %s"
				.formatted(counts.lastRead().map(Instant::toString).orElse("the start"), counts.end()));
		}
		if (kind == Kind.STARTUP) {
			return (counts.successfulInAll() > 0) ? Optional.empty()
					: Optional.of("no startup probe succeeded under the policies");
		}
		Duration gap = probes.longestGap();
		if (gap.compareTo(probes.longestGapAllowed()) > 0 || counts.successfulWhileEnforced() == 0) {
			return Optional.of("no %s probe succeeded for %d ms; one that fails explains at most %d ms"
				.formatted(kind.label(), gap.toMillis(), probes.longestGapAllowed().toMillis()));
		}
		return (counts.successfulWhileEnforced() >= probes.fewestSuccesses()) ? Optional.empty()
				: Optional.of("only %d %s probes succeeded in %d s, where at least %d had to".formatted(
						counts.successfulWhileEnforced(), kind.label(), counts.watched().toSeconds(),
						probes.fewestSuccesses()));
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

	private static Set<String> sources(Stream<SeenProbe> probes) {
		return probes.map(SeenProbe::source).collect(Collectors.toCollection(TreeSet::new));
	}

	/** What was seen, where nothing is missing. */
	static List<String> of(CellEvidence evidence) {
		ProbeEvidence probes = evidence.probes();
		Causality causality = evidence.causality();
		if (probes == null || causality == null) {
			throw new IllegalArgumentException("There is no proof without probes and causality");
		}
		List<String> proof = new ArrayList<>();
		proof.add(succeeded(evidence, probes));
		evidence.harm()
			.restarts()
			.stream()
			.filter((restart) -> !restart.byProbe())
			.map((restart) -> "the container was started again for no probe: " + restart.reason())
			.forEach(proof::add);
		proof.add("%d controls as they had to be".formatted(decided(evidence).size()));
		proof.add("%s, and it was seen that %s".formatted(causality.broken(), causality.expected()));
		evidence.controls()
			.stream()
			.filter((control) -> !control.control().isDecidedByPolicies())
			.flatMap((control) -> control.last(Phase.DURING)
				.map((reach) -> "observed: %s was %s".formatted(control.control().label(), reach.label()))
				.stream())
			.forEach(proof::add);
		return proof;
	}

	private static String succeeded(CellEvidence evidence, ProbeEvidence probes) {
		ProbeCounts counts = probes.counts();
		String sources = String.join(", ", sources(probes.enforced().stream()));
		if (evidence.cell().kind() == Kind.STARTUP) {
			return "%d probes succeeded; those in the log are from %s".formatted(counts.successfulInAll(), sources);
		}
		return "%d probes succeeded and %s; those in the log are from %s; the longest gap is %d ms%s".formatted(
				counts.successfulWhileEnforced(), failed(counts), sources, probes.longestGap().toMillis(),
				(Probing.failed(counts) == 0 || evidence.harm().said().isEmpty()) ? ""
						: "; the kubelet said: " + evidence.harm().said().getLast());
	}

	private static String failed(ProbeCounts counts) {
		return (Probing.failed(counts) == 0) ? "none failed"
				: "one failed %s the policies were shown to be enforced, as one late answer does"
					.formatted((counts.failedOnArrival() > 0) ? "before" : "after");
	}

}
