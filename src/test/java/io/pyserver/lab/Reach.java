package io.pyserver.lab;

/**
 * How an attempt to reach something ended. Which way a blocked one ends depends on the
 * network: both are blocked.
 */
enum Reach {

	REACHED,

	/** Rejected at once, as by kube-router. */
	REFUSED,

	/** Connected, and broken off without an answer: neither open nor blocked. */
	BROKEN_OFF,

	/** Dropped without a word, as by Cilium and Calico. */
	TIMED_OUT;

	boolean blocked() {
		return this == REFUSED || this == TIMED_OUT;
	}

}
