package io.pyserver.lab.evidence;

/** What was there first: engines have failed at one of the two alone. */
public enum Order implements Label {

	/** The pod starts under the policies. */
	POLICY_FIRST,

	/** The policies come upon a running pod. */
	POD_FIRST

}
