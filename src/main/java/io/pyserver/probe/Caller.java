package io.pyserver.probe;

import java.util.Locale;

/** Who sent a request, by the address of its connection alone. */
public enum Caller {

	/** The node of this pod, where the kubelet runs. */
	NODE,

	/** A pod of the cluster, including this one. */
	POD,

	/** This host: in a pod, a port-forward or a command inside the pod. */
	LOOPBACK,

	/** Any other address, including other nodes. */
	OTHER;

	private final String label = name().toLowerCase(Locale.ROOT);

	/** The name in logs and metrics. */
	public String label() {
		return this.label;
	}

}
