package io.pyserver.lab.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** One question of the matrix: does this probe survive these policies? */
@JsonPropertyOrder("id")
public record Cell(Policy policy, Mechanism mechanism, Kind kind, Order order) {

	/**
	 * The name in settings and reports, such as
	 * {@code deny-both/httpGet/liveness/pod-first}.
	 */
	@JsonProperty
	public String id() {
		return String.join("/", this.policy.label(), this.mechanism.label(), this.kind.label(), this.order.label());
	}

	/**
	 * The order of its experiment. The policy none has no order, so its two orders are
	 * one experiment.
	 */
	public Order effectiveOrder() {
		return (this.policy == Policy.NONE) ? Order.POD_FIRST : this.order;
	}

	/** The policies in the namespace of a cell. */
	public enum Policy implements Label {

		/** No policy: the baseline. */
		NONE,
		/** The shipped default-deny-ingress. */
		DENY_INGRESS,
		/** The shipped default-deny-egress. */
		DENY_EGRESS,
		/** Both default-deny policies. */
		DENY_BOTH,
		/** Both, and a third policy that allows ingress from a peer with a label. */
		ALLOW_PEER;

		/** Whether ingress is denied unless a policy allows it. */
		public boolean deniesIngress() {
			return this != NONE && this != DENY_EGRESS;
		}

		public boolean deniesEgress() {
			return this != NONE && this != DENY_INGRESS;
		}

	}

	/** How the kubelet probes, by the name of the field in a probe. */
	public enum Mechanism implements Label {

		/** An HTTP request from the node. */
		HTTP_GET("httpGet"),
		/** A connection from the node, without a request. */
		TCP_SOCKET("tcpSocket"),
		/** A process inside the pod, which the container runtime starts. */
		EXEC("exec"),
		/** A call of {@code grpc.health.v1} from the node. */
		GRPC("grpc");

		private final String label;

		Mechanism(String label) {
			this.label = label;
		}

		@Override
		public String label() {
			return this.label;
		}

		/** Whether the probe crosses the pod's network, where policies are enforced. */
		public boolean crossesTheNetwork() {
			return this != EXEC;
		}

	}

	/** What a probe is for. */
	public enum Kind implements Label {

		/** The kubelet sends no other probe until this probe succeeds. */
		STARTUP,
		/** The kubelet restarts the container if this probe fails. */
		LIVENESS,
		/** The pod gets no traffic while this probe fails. */
		READINESS

	}

	/** What comes first. Some engines have failed in only one of the two orders. */
	public enum Order implements Label {

		/** The pod starts under the policies. */
		POLICY_FIRST,
		/** The policies are applied to a running pod. */
		POD_FIRST

	}

}
