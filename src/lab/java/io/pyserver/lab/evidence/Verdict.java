package io.pyserver.lab.evidence;

import java.util.Comparator;
import java.util.List;

/** Whether probes survive, as far as the evidence goes. */
public enum Verdict implements Label {

	/** The policies were enforced and the probes kept arriving. */
	SURVIVES,

	/** The policies were enforced and the probes failed. */
	BROKEN,

	/** The controls did not show that the policies were enforced: nothing is proved. */
	NOT_ENFORCED,

	/** Evidence is missing, which the finding names. */
	INCONCLUSIVE;

	/** Where a cell was tried several times, the first of its verdicts is the cell's. */
	public static final Comparator<Verdict> WORST_FIRST = Comparator
		.comparing(List.of(BROKEN, NOT_ENFORCED, INCONCLUSIVE, SURVIVES)::indexOf);

}
