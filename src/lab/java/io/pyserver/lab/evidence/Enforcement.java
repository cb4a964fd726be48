package io.pyserver.lab.evidence;

import java.util.ArrayList;
import java.util.List;

import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/** Whether the controls showed that the policies do what they say. */
final class Enforcement {

	private Enforcement() {
	}

	static List<String> gaps(Observation observation) {
		Policy policy = observation.cell().policy();
		List<String> gaps = new ArrayList<>();
		for (ControlEvidence tried : observation.decided()) {
			Control control = tried.control();
			// Where the controls never settled, their last result is all there is.
			tried.last(Phase.DURING)
				.or(() -> tried.last(Phase.SETTLING))
				.filter((reach) -> !Expectation.of(control, policy, Phase.DURING).metBy(reach))
				.ifPresent((reach) -> gaps.add("under %s, %s was %s and had to be %s".formatted(policy.label(),
						control.label(), reach.label(), control.openUnder(policy) ? "reached" : "blocked")));
		}
		if (observation.probes() != null && policy.deniesIngress()) {
			// From inside the pod itself no policy keeps anyone.
			observation.probes()
				.claimed()
				.stream()
				.filter((claimed) -> !claimed.fromInsideThePod())
				.map(SeenProbe::source)
				.distinct()
				.forEach((source) -> gaps.add("under %s, a request came in from %s".formatted(policy.label(), source)));
		}
		return gaps;
	}

}
