package io.pyserver.lab.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Harm.Unready;

/** Whether probes failed. */
final class Probing {

	private Probing() {
	}

	static List<String> failures(Observation observation) {
		List<String> failures = new ArrayList<>();
		Kind kind = observation.cell().kind();
		Harm harm = observation.harm();
		ProbeEvidence probes = observation.probes();
		// A startup probe fails until the service listens: of those the pod's state
		// tells.
		if (probes != null && kind != Kind.STARTUP && probes.counts().failed() > probes.forgiven()) {
			failures.add(counted(kind, probes.counts(), harm));
		}
		Unready unready = harm.unready();
		if (unready != null && unready.failed() > ProbeEvidence.LATE_ANSWERS) {
			failures
				.add("since %s the pod takes requests and is not found ready: %d %s probes failed and none succeeded%s"
					.formatted(second(unready.since()), unready.failed(), unready.kind().label(),
							said(unready.said())));
		}
		long restarts = harm.restarts().stream().filter(Restart::byProbe).count();
		if (restarts > 0) {
			failures.add("the kubelet restarted the container %d times for failed probes".formatted(restarts));
		}
		return failures;
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

	/** The last message is the one of the present trouble. */
	static String said(List<String> messages) {
		return messages.isEmpty() ? "" : "; the kubelet said: " + messages.getLast();
	}

}
