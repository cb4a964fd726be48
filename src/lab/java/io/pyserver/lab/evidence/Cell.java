package io.pyserver.lab.evidence;

/** One question of the matrix: does this probe survive these policies? */
public record Cell(Policy policy, Mechanism mechanism, Kind kind, Order order) {

	/**
	 * The name in settings and reports.
	 * @return such as {@code deny-both/httpGet/liveness/pod-first}
	 */
	public String id() {
		return String.join("/", this.policy.label(), this.mechanism.label(), this.kind.label(), this.order.label());
	}

	/**
	 * The order that an experiment takes for it: without a policy there is none, and both
	 * cells of the baseline are one experiment.
	 */
	public Order course() {
		return (this.policy == Policy.NONE) ? Order.POD_FIRST : this.order;
	}

}
