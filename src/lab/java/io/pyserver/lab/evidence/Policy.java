package io.pyserver.lab.evidence;

/** The policies in force in a cell's namespace. */
public enum Policy implements Label {

	/** None: what every other one is compared with. */
	NONE,
	/** The shipped default-deny-ingress. */
	DENY_INGRESS,
	/** The shipped default-deny-egress. */
	DENY_EGRESS,
	/** Both of them. */
	DENY_BOTH,
	/** Both, and a third one that lets in a peer with a label. */
	ALLOW_PEER;

	/** Whether nothing gets in that is not allowed. */
	public boolean deniesIngress() {
		return this != NONE && this != DENY_EGRESS;
	}

	/** Whether nothing gets out. */
	public boolean deniesEgress() {
		return this != NONE && this != DENY_INGRESS;
	}

}
