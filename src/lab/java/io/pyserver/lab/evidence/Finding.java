package io.pyserver.lab.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.ControlEvidence;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Observation.Harm;
import io.pyserver.lab.evidence.Observation.ImageIdentity;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Observation.Subject;
import io.pyserver.lab.evidence.Observation.Unready;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * A verdict with its reasons. This class has the reasons against the verdict that probes
 * survive, and {@link Proof} the reasons for it.
 *
 * @param verdict whether the probe survives
 * @param because the reasons, each one line of at most 300 characters: what was observed
 * if the probe survives, else what failed or is missing
 */
public record Finding(Verdict verdict, List<String> because) {

	/** The limit for a reason, in characters. */
	private static final int LONGEST = 300;

	private static final String CUT = " ...";

	public Finding {
		because = because.stream().map((reason) -> cut(reason.replaceAll("\\s*\\R\\s*", " "), LONGEST)).toList();
	}

	/**
	 * Returns a text, or its start and three dots if it is too long.
	 * @param limit the limit for what is returned, in characters
	 */
	public static String cut(String text, int limit) {
		return (text.length() > limit) ? text.substring(0, limit - CUT.length()) + CUT : text;
	}

	/**
	 * Returns the finding that follows from an observation alone. The first finding with
	 * a reason decides. Probes prove nothing if the pod is wrong or the policies are not
	 * enforced.
	 */
	public static Finding of(Observation observation) {
		return Stream
			.<Supplier<Finding>>of(() -> new Finding(Verdict.INCONCLUSIVE, wrongPod(observation)),
					() -> new Finding(Verdict.NOT_ENFORCED, notEnforced(observation)),
					() -> new Finding(Verdict.BROKEN, failedProbes(observation)),
					() -> new Finding(Verdict.INCONCLUSIVE, Proof.missing(observation)))
			.map(Supplier::get)
			.filter((finding) -> !finding.because().isEmpty())
			.findFirst()
			.orElseGet(() -> new Finding(Verdict.SURVIVES, Proof.of(observation)));
	}

	/** Why the pod is not the one that the cell asks for. */
	private static List<String> wrongPod(Observation observation) {
		Subject subject = observation.subject();
		if (subject == null) {
			return List.of("there was no pod: " + observation.problem());
		}
		if (subject.image().isEmpty()) {
			return List.of("the container never ran: " + observation.problem());
		}
		List<String> reasons = new ArrayList<>();
		ImageIdentity expected = subject.expectedImage();
		if (expected != null && !expected.isNamedBy(subject.image())) {
			reasons.add("the pod runs the image " + subject.image() + ", not the one under test, " + expected);
		}
		if (!subject.probed()) {
			reasons.add("the running pod has no %s probe by %s".formatted(observation.cell().kind().label(),
					observation.cell().mechanism().label()));
		}
		return reasons;
	}

	/** Which controls and requests show that the policies were not enforced. */
	private static List<String> notEnforced(Observation observation) {
		Policy policy = observation.cell().policy();
		List<String> reasons = new ArrayList<>();
		for (ControlEvidence tried : observation.decided()) {
			// Without a result under enforced policies, the last one before that counts.
			tried.last(Phase.DURING)
				.or(() -> tried.last(Phase.SETTLING))
				.filter((reach) -> !Expectation.of(tried.control(), policy, Phase.DURING).metBy(reach))
				.ifPresent((reach) -> reasons
					.add("under %s, %s was %s and had to be %s".formatted(policy.label(), tried.control().label(),
							reach.label(), tried.control().openUnder(policy) ? "reached" : "blocked")));
		}
		if (observation.probes() != null && policy.deniesIngress()) {
			observation.probes()
				.claimed()
				.stream()
				.filter((claimed) -> !claimed.fromInsideThePod())
				.map(SeenProbe::source)
				.distinct()
				.forEach((source) -> reasons
					.add("under %s, a request came in from %s".formatted(policy.label(), source)));
		}
		return reasons;
	}

	/** Which probes failed. */
	private static List<String> failedProbes(Observation observation) {
		List<String> reasons = new ArrayList<>();
		Kind kind = observation.cell().kind();
		Harm harm = observation.harm();
		ProbeEvidence probes = observation.probes();
		// A startup probe fails until the service listens; unready and restarts decide.
		if (probes != null && kind != Kind.STARTUP && probes.counts().failed() > probes.forgiven()) {
			reasons.add(counted(kind, probes.counts(), harm));
		}
		Unready unready = harm.unready();
		if (unready != null && unready.failed() > ProbeEvidence.LATE_ANSWERS) {
			reasons
				.add("since %s the pod takes requests and is not found ready: %d %s probes failed and none succeeded%s"
					.formatted(second(unready.since()), unready.failed(), unready.kind().label(),
							said(unready.said())));
		}
		long restarts = harm.restarts().stream().filter(Restart::byProbe).count();
		if (restarts > 0) {
			reasons.add("the kubelet restarted the container %d times for failed probes".formatted(restarts));
		}
		return reasons;
	}

	private static String counted(Kind kind, ProbeCounts counts, Harm harm) {
		String outOfService = harm.outOfService().isZero() ? ""
				: ", and the pod was out of service for %d ms".formatted(harm.outOfService().toMillis());
		return "since %s, %d %s probes failed before the policies were shown to be enforced and %d after, beside %d that succeeded%s%s"
			.formatted(second(counts.firstFailure().orElseThrow()), counts.failedOnArrival(), kind.label(),
					counts.failedWhileEnforced(), counts.successfulWhileEnforced(), outOfService, said(harm.said()));
	}

	/** Counts are read once a second. */
	private static Instant second(Instant moment) {
		return moment.truncatedTo(ChronoUnit.SECONDS);
	}

	/** The last message is about the present failure. */
	static String said(List<String> messages) {
		return messages.isEmpty() ? "" : "; the kubelet said: " + messages.getLast();
	}

	/** Whether a probe survives the policies. */
	public enum Verdict implements Label {

		/** The policies were enforced, and the probes kept arriving. */
		SURVIVES,
		/** The policies were enforced, and the probes failed. */
		BROKEN,
		/** The controls did not show that the policies were enforced. */
		NOT_ENFORCED,
		/** Evidence is missing; the finding names it. */
		INCONCLUSIVE;

		/** A cell with several results has the first of their verdicts in this order. */
		public static final Comparator<Verdict> WORST_FIRST = Comparator
			.comparing(List.of(BROKEN, NOT_ENFORCED, INCONCLUSIVE, SURVIVES)::indexOf);

	}

}
