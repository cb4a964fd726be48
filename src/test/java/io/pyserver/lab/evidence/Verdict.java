package io.pyserver.lab.evidence;

/** Whether probes survive, as far as the evidence goes. */
public enum Verdict implements Label {

	/** The policies were enforced and the probes kept arriving. */
	SURVIVES,

	/** The policies were enforced and the probes failed. */
	BROKEN,

	/** The controls did not show that the policies were enforced: nothing is proved. */
	NOT_ENFORCED,

	/** Evidence is missing, which the finding names. */
	INCONCLUSIVE

}
