package io.pyserver.lab.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Reach;

/**
 * What a control showed in a phase.
 *
 * @param met whether that is as it had to be
 */
record ControlSummary(boolean met, String text) {

	static ControlSummary of(ControlEvidence control, Policy policy, Phase phase) {
		List<Attempt> attempts = control.attempts().stream().filter((attempt) -> attempt.phase() == phase).toList();
		Map<Reach, Long> counts = attempts.stream()
			.collect(Collectors.groupingBy(Attempt::reach, TreeMap::new, Collectors.counting()));
		return new ControlSummary(
				attempts.stream()
					.allMatch((attempt) -> Expectation.of(control.control(), policy, attempt, control.attempts())
						.metBy(attempt.reach())),
				counts.isEmpty() ? "\u2013"
						: counts.entrySet()
							.stream()
							.map((count) -> count.getValue() + " " + count.getKey().label().replace('-', ' '))
							.collect(Collectors.joining(", ")));
	}

}
