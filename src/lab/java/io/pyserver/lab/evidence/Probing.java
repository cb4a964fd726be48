package io.pyserver.lab.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether probes failed. */
final class Probing {

	private Probing() {
	}

	static List<String> failures(CellEvidence evidence) {
		List<String> failures = new ArrayList<>();
		Harm harm = evidence.harm();
		if (!isOneLateAnswer(evidence)) {
			failures.addAll(said(harm));
		}
		if (harm.restarts() > 0) {
			failures.add("the container was restarted " + harm.restarts() + " times with nothing broken on purpose");
		}
		ProbeEvidence probes = evidence.probes();
		if (probes != null) {
			probes.enforced()
				.stream()
				.filter((probe) -> !probe.answered())
				.map((probe) -> "a probe at " + probe.at() + " was answered with a failure")
				.limit(1)
				.forEach(failures::add);
		}
		evidence.controls()
			.stream()
			.filter((control) -> control.control() == Control.OWN_NODE_TO_POD
					&& evidence.cell().mechanism().crossesTheNetwork())
			.flatMap((control) -> control.last(Phase.DURING).stream())
			.filter((reach) -> reach != Reach.REACHED)
			.map((reach) -> "the pod's own node did not reach it: " + reach.label())
			.forEach(failures::add);
		return failures;
	}

	/** Each message once, with how often it came and since when. */
	private static List<String> said(Harm harm) {
		Map<String, Integer> times = new LinkedHashMap<>();
		harm.unhealthy().forEach((message) -> times.merge(message, 1, Integer::sum));
		String since = (harm.since() != null) ? "since " + harm.since() + ", " : "";
		return times.entrySet()
			.stream()
			.map((said) -> "%s%d times, the kubelet said: %s".formatted(since, said.getValue(), said.getKey()))
			.toList();
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
