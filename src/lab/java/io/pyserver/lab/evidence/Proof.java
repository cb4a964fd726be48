package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.ControlEvidence;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Observation.Subject;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/** The evidence that probes survive. */
final class Proof {

	private Proof() {
	}

	/** Which evidence is missing. */
	static List<String> missing(Observation observation) {
		List<String> missing = new ArrayList<>();
		Optional.ofNullable(observation.problem()).ifPresent(missing::add);
		Subject subject = observation.subject();
		ProbeEvidence probes = observation.probes();
		if (probes == null || subject == null) {
			missing.add("no probes were observed");
			return missing;
		}
		if (!isInOrder(observation.cell(), subject.created(), subject.policyCreated())) {
			missing.add("the order is not %s: the pod is of %s, the policies are of %s"
				.formatted(observation.cell().order().label(), subject.created(), subject.policyCreated()));
		}
		missingCounts(observation.cell().kind(), probes).ifPresent(missing::add);
		addOrigins(missing, observation, subject, probes);
		observation.decided().forEach((tried) -> addControl(missing, tried));
		if (observation.decided().isEmpty()) {
			missing.add("no control was tried");
		}
		addCausality(missing, observation.causality());
		return missing;
	}

	/** The API server's times have whole seconds. */
	private static boolean isInOrder(Cell cell, Instant pod, @Nullable Instant policy) {
		if (cell.policy() == Policy.NONE) {
			return policy == null;
		}
		return policy != null && ((cell.order() == Order.POLICY_FIRST) ? !policy.isAfter(pod) : !policy.isBefore(pod));
	}

	/** A startup probe needs one success. */
	private static Optional<String> missingCounts(Kind kind, ProbeEvidence probes) {
		ProbeCounts counts = probes.counts();
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
			return Optional.of("no %s probe succeeded for %d ms; one failed probe explains at most %d ms"
				.formatted(kind.label(), gap.toMillis(), probes.longestGapAllowed().toMillis()));
		}
		return (counts.successfulWhileEnforced() >= probes.fewestSuccesses()) ? Optional.empty()
				: Optional.of("only %d %s probes succeeded in %d s, where at least %d had to".formatted(
						counts.successfulWhileEnforced(), kind.label(), counts.watched().toSeconds(),
						probes.fewestSuccesses()));
	}

	private static void addOrigins(List<String> missing, Observation observation, Subject subject,
			ProbeEvidence probes) {
		List<SeenProbe> foreign = probes.enforced().stream().filter(observation::isForeign).toList();
		if (probes.enforced().isEmpty()) {
			missing.add("no %s probe is in the pod's log from %s to %s, so it is not known where they came from"
				.formatted(observation.cell().kind().label(), probes.since(), probes.until()));
		}
		if (!foreign.isEmpty()) {
			missing.add("probes came from %s, which is no address of %s".formatted(sources(foreign),
					observation.cell().mechanism().crossesTheNetwork() ? "node " + subject.node()
							: "the pod's loopback"));
		}
		if (!probes.claimed().isEmpty()) {
			missing.add("%d requests pretended to be probes, from %s, so the evidence is not only the kubelet's"
				.formatted(probes.claimed().size(), sources(probes.claimed())));
		}
	}

	private static void addControl(List<String> missing, ControlEvidence tried) {
		String control = tried.control().label();
		Stream.of(Phase.BEFORE, Phase.DURING, Phase.AFTER)
			.filter((phase) -> tried.last(phase).isEmpty())
			.forEach((phase) -> missing.add("%s was not tried %s".formatted(control, phase.label())));
		tried.last(Phase.BEFORE)
			.filter((reach) -> reach != Reach.REACHED)
			.ifPresent(
					(reach) -> missing.add("already before any policy, %s was %s".formatted(control, reach.label())));
		tried.last(Phase.AFTER)
			.filter((reach) -> reach != Reach.REACHED)
			.ifPresent((reach) -> missing.add("after the policies, %s was still %s, so they may not be the cause"
				.formatted(control, reach.label())));
	}

	private static void addCausality(List<String> missing, @Nullable Causality causality) {
		if (causality == null) {
			missing.add("nothing was broken on purpose, so nothing shows that the kubelet acts on this probe");
			return;
		}
		if (!causality.followed()) {
			missing.add("%s, but it was not seen that %s".formatted(causality.broken(), causality.expected()));
		}
		if (!causality.bystanders().isEmpty()) {
			missing.add("%s, and it hit others as well: %s".formatted(causality.broken(),
					String.join(", ", causality.bystanders())));
		}
	}

	private static String sources(List<SeenProbe> probes) {
		return probes.stream().map(SeenProbe::source).distinct().sorted().collect(Collectors.joining(", "));
	}

	/** What was observed, if no evidence is missing. */
	static List<String> of(Observation observation) {
		ProbeEvidence probes = observation.probes();
		Causality causality = observation.causality();
		if (probes == null || causality == null) {
			throw new IllegalArgumentException("There is no proof without probes and causality");
		}
		List<String> proof = new ArrayList<>();
		proof.add(succeeded(observation, probes));
		observation.harm()
			.restarts()
			.forEach((restart) -> proof.add("the container was started again for no probe: " + restart.reason()));
		proof.add("%d controls were as expected".formatted(observation.decided().size()));
		proof.add("%s, and it was seen that %s".formatted(causality.broken(), causality.expected()));
		observation.controls()
			.stream()
			.filter((tried) -> !tried.control().isDecidedByPolicies())
			.forEach((tried) -> tried.last(Phase.DURING)
				.ifPresent(
						(reach) -> proof.add("observed: %s was %s".formatted(tried.control().label(), reach.label()))));
		return proof;
	}

	private static String succeeded(Observation observation, ProbeEvidence probes) {
		ProbeCounts counts = probes.counts();
		String sources = sources(probes.enforced());
		if (observation.cell().kind() == Kind.STARTUP) {
			return "%d probes succeeded; those in the log are from %s".formatted(counts.successfulInAll(), sources);
		}
		String failed = (counts.failed() == 0) ? "none failed"
				: "one failed %s the policies were shown to be enforced, as one late answer does"
					.formatted((counts.failedOnArrival() > 0) ? "before" : "after");
		return "%d probes succeeded and %s; those in the log are from %s; the longest gap is %d ms%s".formatted(
				counts.successfulWhileEnforced(), failed, sources, probes.longestGap().toMillis(),
				(counts.failed() == 0) ? "" : Finding.said(observation.harm().said()));
	}

}
