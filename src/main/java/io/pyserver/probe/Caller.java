package io.pyserver.probe;

import java.util.Locale;

/** Who sent a request, by the address of its connection alone. */
public enum Caller {

	/** The node that this pod runs on, where the kubelet lives. */
	NODE,

	/** A pod of the cluster, this one included. */
	POD,

	/** This host itself: in a pod, a port-forward or a command run inside it. */
	LOOPBACK,

	/** Anyone else, also another node. */
	OTHER;

	private final String label = name().toLowerCase(Locale.ROOT);

	/** The name in logs and metrics, in lower case. */
	public String label() {
		return this.label;
	}

}
