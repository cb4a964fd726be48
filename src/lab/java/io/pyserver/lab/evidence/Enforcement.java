package io.pyserver.lab.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the controls showed that the policies do what they say. */
final class Enforcement {

	private Enforcement() {
	}

	static List<String> gaps(CellEvidence evidence) {
		return Stream.concat(wrongControls(evidence), strangers(evidence)).toList();
	}

	private static Stream<String> wrongControls(CellEvidence evidence) {
		Policy policy = evidence.cell().policy();
		return evidence.controls()
			.stream()
			.filter((control) -> control.control().isDecidedByPolicies())
			.flatMap((control) -> enforced(control)
				.filter((reach) -> !Expectation.of(control.control(), policy, Phase.DURING).metBy(reach))
				.map((reach) -> "under %s, %s was %s and had to be %s".formatted(policy.label(),
						control.control().label(), reach.label(),
						control.control().openUnder(policy) ? "reached" : "blocked"))
				.stream());
	}

	/** Where the controls never settled, their last word is all there is. */
	private static Optional<Reach> enforced(ControlEvidence control) {
		return control.last(Phase.DURING).or(() -> control.last(Phase.SETTLING));
	}

	/** From inside the pod itself no policy keeps anyone. */
	private static Stream<String> strangers(CellEvidence evidence) {
		ProbeEvidence probes = evidence.probes();
		if (probes == null || !evidence.cell().policy().deniesIngress()) {
			return Stream.empty();
		}
		return probes.claimed()
			.stream()
			.filter((claim) -> !claim.fromInsideThePod())
			.map((claim) -> "under %s, a request came in from %s".formatted(evidence.cell().policy().label(),
					claim.source()))
			.distinct();
	}

}
