package io.pyserver.lab.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.ControlEvidence.Phase;
import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Harm.Unready;
import io.pyserver.lab.evidence.Observation.Subject;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/** Reasons against the verdict that probes survive. A list without one is empty. */
final class Objections {

	private Objections() {
	}

	/** Why the pod is not the one that the cell asks for. */
	static List<String> toThePod(Observation observation) {
		Subject subject = observation.subject();
		if (subject == null) {
			return List.of("there was no pod: " + observation.problem());
		}
		if (subject.image().isEmpty()) {
			return List.of("the container never ran: " + observation.problem());
		}
		List<String> objections = new ArrayList<>();
		ImageIdentity expected = subject.expectedImage();
		if (expected != null && !expected.isNamedBy(subject.image())) {
			objections.add("the pod runs the image " + subject.image() + ", not the one under test, " + expected);
		}
		if (!subject.probed()) {
			objections.add("the running pod has no %s probe by %s".formatted(observation.cell().kind().label(),
					observation.cell().mechanism().label()));
		}
		return objections;
	}

	/** Which controls and requests show that the policies were not enforced. */
	static List<String> toEnforcement(Observation observation) {
		Policy policy = observation.cell().policy();
		List<String> objections = new ArrayList<>();
		for (ControlEvidence tried : observation.decided()) {
			// Without a result under enforced policies, the last one before that counts.
			tried.last(Phase.DURING)
				.or(() -> tried.last(Phase.SETTLING))
				.filter((reach) -> !Expectation.of(tried.control(), policy, Phase.DURING).metBy(reach))
				.ifPresent((reach) -> objections
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
				.forEach((source) -> objections
					.add("under %s, a request came in from %s".formatted(policy.label(), source)));
		}
		return objections;
	}

	/** Which probes failed. */
	static List<String> toTheProbes(Observation observation) {
		List<String> objections = new ArrayList<>();
		Kind kind = observation.cell().kind();
		Harm harm = observation.harm();
		ProbeEvidence probes = observation.probes();
		// A startup probe fails until the service listens; unready and restarts decide.
		if (probes != null && kind != Kind.STARTUP && probes.counts().failed() > probes.forgiven()) {
			objections.add(counted(kind, probes.counts(), harm));
		}
		Unready unready = harm.unready();
		if (unready != null && unready.failed() > ProbeEvidence.LATE_ANSWERS) {
			objections
				.add("since %s the pod takes requests and is not found ready: %d %s probes failed and none succeeded%s"
					.formatted(second(unready.since()), unready.failed(), unready.kind().label(),
							said(unready.said())));
		}
		long restarts = harm.restarts().stream().filter(Restart::byProbe).count();
		if (restarts > 0) {
			objections.add("the kubelet restarted the container %d times for failed probes".formatted(restarts));
		}
		return objections;
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

}
