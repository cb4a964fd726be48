package io.pyserver.lab.evidence;

import java.util.ArrayList;
import java.util.List;

/** Whether probes failed. */
final class Probing {

	private Probing() {
	}

	static List<String> failures(CellEvidence evidence) {
		List<String> failures = new ArrayList<>();
		evidence.controls()
			.stream()
			.filter((control) -> control.control() == Control.OWN_NODE_TO_POD
					&& evidence.cell().mechanism().crossesTheNetwork())
			.filter((control) -> control.last(Phase.DURING).filter((reach) -> reach != Reach.REACHED).isPresent())
			.map((control) -> "the pod's own node did not reach it: "
					+ control.last(Phase.DURING).orElseThrow().label())
			.forEach(failures::add);
		Harm harm = evidence.harm();
		if (harm.restarts() > 0) {
			failures.add("the container was restarted " + harm.restarts() + " times with nothing broken on purpose");
		}
		ProbeEvidence probes = evidence.probes();
		if (!isOneLateAnswer(evidence)) {
			harm.unhealthy()
				.stream()
				.map((message) -> "the kubelet said: " + message)
				.distinct()
				.forEach(failures::add);
		}
		if (probes != null) {
			probes.enforced()
				.stream()
				.filter((probe) -> !probe.answered())
				.map((probe) -> "a probe at " + probe.at() + " was answered with a failure")
				.limit(1)
				.forEach(failures::add);
		}
		return failures;
	}

	/**
	 * A busy machine may answer late once. The kubelet does not act on one failure, and
	 * neither does the verdict, as long as the pod shows that probes reached it all the
	 * time.
	 */
	private static boolean isOneLateAnswer(CellEvidence evidence) {
		ProbeEvidence probes = evidence.probes();
		return evidence.harm().unhealthy().size() == 1 && evidence.harm().restarts() == 0 && probes != null
				&& evidence.problem() == null && Proof.keptArriving(evidence.cell(), probes);
	}

}
