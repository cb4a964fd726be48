package io.pyserver.lab;

/**
 * A connection that the two policies forbid, tried to show that they are enforced. Each
 * is reachable before, blocked during and restored after; none is aimed at the pod's own
 * node.
 */
enum Control {

	/** From a pod of the workload to another one: forbidden by either policy. */
	POD_TO_POD(true),

	/**
	 * From a pod in a namespace without policies: forbidden by default-deny-ingress
	 * alone.
	 */
	OUTSIDER_TO_POD(true),

	/**
	 * To a pod in a namespace without policies: forbidden by default-deny-egress alone.
	 */
	POD_TO_OUTSIDER(true),

	/** To the API server's Service: forbidden by default-deny-egress alone. */
	POD_TO_API_SERVER(true),

	/**
	 * From a node that the pod does not run on: forbidden by default-deny-ingress alone.
	 */
	OTHER_NODE_TO_POD(true),

	/**
	 * An echo request from pod to pod. Not every engine polices it: kube-router has let
	 * it through since 2.6.0.
	 */
	POD_TO_POD_PING(false);

	private final boolean policedEverywhere;

	Control(boolean policedEverywhere) {
		this.policedEverywhere = policedEverywhere;
	}

	boolean policedEverywhere() {
		return this.policedEverywhere;
	}

}
