package io.pyserver.lab;

import java.util.Comparator;

import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.report.LabRun;

/** What a whole run comes to, by the worst of its cells. */
enum Answer {

	/** Every cell survives. */
	SURVIVES(0),

	/** A cell is broken, or its policies were not enforced. */
	NO(1),

	/** It could not be found out. */
	UNKNOWN(2);

	private final int exitCode;

	Answer(int exitCode) {
		this.exitCode = exitCode;
	}

	static Answer of(LabRun run) {
		return switch (worst(run).finding().verdict()) {
			case SURVIVES -> SURVIVES;
			case BROKEN, NOT_ENFORCED -> NO;
			case INCONCLUSIVE -> UNKNOWN;
		};
	}

	private static CellResult worst(LabRun run) {
		return run.cells()
			.stream()
			.min(Comparator.comparing((result) -> result.finding().verdict(), Verdict.WORST_FIRST))
			.orElseThrow();
	}

	/** What was found, and the worst of it with its reason. */
	String sentence(LabRun run) {
		return (this == SURVIVES) ? run.summary() : run.summary() + " The worst: " + worst(run).line();
	}

	int exitCode() {
		return this.exitCode;
	}

}
