package io.pyserver.lab.evidence;

/** The policies in force in a cell's namespace. */
public enum Policy implements Label {

	/** None: what every other one is compared with. */
	NONE(false, false),

	/** The shipped default-deny-ingress. */
	DENY_INGRESS(true, false),

	/** The shipped default-deny-egress. */
	DENY_EGRESS(false, true),

	/** Both of them. */
	DENY_BOTH(true, true),

	/** Both, and a third one that lets in a peer with a label. */
	ALLOW_PEER(true, true);

	private final boolean deniesIngress;

	private final boolean deniesEgress;

	Policy(boolean deniesIngress, boolean deniesEgress) {
		this.deniesIngress = deniesIngress;
		this.deniesEgress = deniesEgress;
	}

	/** Whether nothing gets in that is not allowed. */
	public boolean deniesIngress() {
		return this.deniesIngress;
	}

	/** Whether nothing gets out. */
	public boolean deniesEgress() {
		return this.deniesEgress;
	}

}
