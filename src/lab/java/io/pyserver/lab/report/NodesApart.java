package io.pyserver.lab.report;

import java.util.Optional;
import java.util.TreeSet;

import io.pyserver.lab.evidence.Verdict;

/** Which nodes alone have what does not survive, while all survives on the others. */
final class NodesApart {

	private NodesApart() {
	}

	/**
	 * Looks for them under policies.
	 * @return such as {@code only on node agent3 of 5}; empty where no node differs, or
	 * where it is not known of every result which node it is of
	 */
	static Optional<String> of(LabRun run) {
		TreeSet<String> nodes = new TreeSet<>();
		TreeSet<String> hit = new TreeSet<>();
		for (CellResult result : run.cells().stream().filter(CellResult::isUnderPolicies).toList()) {
			if (result.node().isEmpty()) {
				return Optional.empty();
			}
			nodes.add(result.node().get());
			if (result.verdict() != Verdict.SURVIVES) {
				hit.add(result.node().get());
			}
		}
		return (hit.isEmpty() || hit.size() == nodes.size()) ? Optional.empty() : Optional
			.of("only on node%s %s of %d".formatted((hit.size() > 1) ? "s" : "", String.join(", ", hit), nodes.size()));
	}

}
