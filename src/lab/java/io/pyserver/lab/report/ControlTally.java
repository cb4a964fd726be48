package io.pyserver.lab.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Expectation;

/**
 * How many of a run's attempts at controls went as expected. The cells of one pod share
 * theirs, which count once; those of which nothing is expected do not count.
 */
record ControlTally(int asExpected, int total) {

	static ControlTally of(LabRun run) {
		Map<List<Object>, Boolean> met = new HashMap<>();
		for (CellResult result : run.cells()) {
			Cell cell = result.cell();
			List<Object> pod = List.of(cell.policy(), cell.course(), cell.mechanism(), result.node());
			result.evidence().controls().forEach((control) -> control.attempts().forEach((attempt) -> {
				if (control.expected(attempt, cell.policy()) != Expectation.EITHER) {
					met.merge(List.of(pod, control.control(), attempt), control.isAsExpected(attempt, cell.policy()),
							Boolean::logicalOr);
				}
			}));
		}
		return new ControlTally((int) met.values().stream().filter(Boolean::booleanValue).count(), met.size());
	}

}
