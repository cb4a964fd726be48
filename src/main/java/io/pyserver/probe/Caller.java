package io.pyserver.probe;

import java.util.Locale;

import jakarta.servlet.ServletRequest;

/**
 * Who sent a request, by the address of its connection alone.
 */
public enum Caller {

	/** The node that this pod runs on, where the kubelet lives. */
	NODE,

	/** A pod of the cluster, this one included. */
	POD,

	/** This host itself: in a pod, a port-forward or a command run inside it. */
	LOOPBACK,

	/** Anyone else, also another node. */
	OTHER;

	private static final String ATTRIBUTE = Caller.class.getName();

	private final String label = name().toLowerCase(Locale.ROOT);

	/**
	 * Tells a request's handlers that this one sent it.
	 * @param request the request
	 */
	public void tell(ServletRequest request) {
		request.setAttribute(ATTRIBUTE, this);
	}

	/**
	 * Who sent a request.
	 * @param request the request
	 * @return what was told, or other
	 */
	public static Caller of(ServletRequest request) {
		return (request.getAttribute(ATTRIBUTE) instanceof Caller told) ? told : OTHER;
	}

	/**
	 * The name in logs and metrics.
	 * @return the name in lower case
	 */
	public String label() {
		return this.label;
	}

}
