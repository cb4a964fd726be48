package io.pyserver.lab.evidence;

/**
 * A connection that is tried to show whether policies are enforced, each time a new one:
 * reachable before, as the policies want it during, reachable after.
 */
public enum Control implements Label {

	/** From a pod of the workload to another one: forbidden by either policy. */
	POD_TO_POD(true, true),
	/**
	 * From a pod in a namespace without policies: forbidden by default-deny-ingress
	 * alone.
	 */
	OUTSIDER_TO_POD(true, false),
	/** From a pod that has the label which {@link Policy#ALLOW_PEER} lets in. */
	LABELLED_PEER_TO_POD(true, false),
	/**
	 * To a pod in a namespace without policies: forbidden by default-deny-egress alone.
	 */
	POD_TO_OUTSIDER(false, true),
	/**
	 * To the API server's Service: forbidden by default-deny-egress, but on some engines
	 * not for pods of the node that the API server runs on.
	 */
	POD_TO_API_SERVER(false, true),
	/**
	 * From a node that the pod does not run on: forbidden by default-deny-ingress alone.
	 */
	OTHER_NODE_TO_POD(true, false),
	/** From the pod's own node: forbidden by none. */
	OWN_NODE_TO_POD(false, false),
	/**
	 * An echo request from pod to pod. Not every engine polices it: kube-router has let
	 * it through since 2.6.0.
	 */
	POD_TO_POD_PING(true, true);

	private final boolean ingress;

	private final boolean egress;

	Control(boolean ingress, boolean egress) {
		this.ingress = ingress;
		this.egress = egress;
	}

	/**
	 * Whether every engine that enforces policies decides it by them. What lies between a
	 * pod and processes of its own node is each engine's to decide, and so is a ping:
	 * they are observations, which show no enforcement, and nothing waits for them.
	 */
	public boolean isDecidedByPolicies() {
		return switch (this) {
			case POD_TO_POD, OUTSIDER_TO_POD, LABELLED_PEER_TO_POD, POD_TO_OUTSIDER, OTHER_NODE_TO_POD -> true;
			case POD_TO_API_SERVER, OWN_NODE_TO_POD, POD_TO_POD_PING -> false;
		};
	}

	/** Whether it has to be reached under a policy. */
	public boolean openUnder(Policy policy) {
		if (this == LABELLED_PEER_TO_POD && policy == Policy.ALLOW_PEER) {
			return true;
		}
		return !(this.ingress && policy.deniesIngress()) && !(this.egress && policy.deniesEgress());
	}

}
