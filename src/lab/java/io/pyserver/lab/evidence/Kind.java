package io.pyserver.lab.evidence;

/** What the kubelet asks for. */
public enum Kind implements Label {

	/** The others wait until it succeeds. */
	STARTUP,

	/** The container is restarted when it fails. */
	LIVENESS,

	/** The pod gets no traffic while it fails. */
	READINESS

}
