package io.pyserver.lab.evidence;

/** When, within an experiment, a control was tried. */
public enum Phase implements Label {

	/** Before any policy. */
	BEFORE,
	/** The policies were applied, and the engine may still be at work. */
	SETTLING,
	/** The controls have shown enforcement. */
	DURING,
	/** The policies were removed. */
	AFTER

}
