package io.pyserver.lab.report;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Expectation;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;

/**
 * How many of a run's attempts at controls went as expected. The cells of one pod share
 * theirs, which count once; those of which nothing is expected do not count.
 */
record ControlTally(int asExpected, int total) {

	static ControlTally of(LabRun run) {
		Set<Try> all = new HashSet<>();
		Set<Try> met = new HashSet<>();
		for (CellResult result : run.cells()) {
			Cell cell = result.evidence().cell();
			for (ControlEvidence control : result.evidence().controls()) {
				for (Attempt attempt : control.attempts()) {
					Expectation expected = Expectation.of(control.control(), cell.policy(), attempt,
							control.attempts());
					Try one = new Try(cell.policy(), cell.course(), cell.mechanism(), control.control(), attempt,
							result.node());
					if (expected != Expectation.EITHER) {
						all.add(one);
						if (expected.metBy(attempt.reach())) {
							met.add(one);
						}
					}
				}
			}
		}
		return new ControlTally(met.size(), all.size());
	}

	private record Try(Policy policy, Order order, Mechanism mechanism, Control control, Attempt attempt,
			Optional<String> node) {
	}

}
