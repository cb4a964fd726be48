package io.pyserver.lab.evidence;

/** When, in the course of an experiment, a control was tried. */
public enum Phase implements Label {

	/** Before any policy. */
	BEFORE(false),

	/** The policies were applied, and the engine may still be at work. */
	SETTLING(true),

	/** The controls have shown enforcement. */
	DURING(true),

	/** The policies were removed. */
	AFTER(false);

	private final boolean underPolicies;

	Phase(boolean underPolicies) {
		this.underPolicies = underPolicies;
	}

	/** Whether policies were there. */
	public boolean underPolicies() {
		return this.underPolicies;
	}

}
