package io.pyserver.lab.evidence;

/**
 * How an attempt to reach something ended. Which way a blocked one ends depends on the
 * network: both are blocked.
 */
public enum Reach implements Label {

	/** Any answer came. */
	REACHED,

	/** Rejected at once, as by kube-router. */
	REFUSED,

	/** Connected, and broken off without an answer: neither open nor blocked. */
	BROKEN_OFF,

	/** Dropped without a word, as by Cilium and Calico. */
	TIMED_OUT;

	/** Whether it was kept from its aim. */
	public boolean blocked() {
		return this == REFUSED || this == TIMED_OUT;
	}

}
