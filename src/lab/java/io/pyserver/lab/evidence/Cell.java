package io.pyserver.lab.evidence;

import java.util.List;
import java.util.stream.Collectors;

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
		return labels().stream().map(Label::label).collect(Collectors.joining("/"));
	}

	/** What its name is made of. */
	List<Label> labels() {
		return List.of(this.policy, this.mechanism, this.kind, this.order);
	}

	/**
	 * The order that an experiment takes for it: without a policy there is none, and both
	 * cells of the baseline are one experiment.
	 */
	public Order effectiveOrder() {
		return (this.policy == Policy.NONE) ? Order.POD_FIRST : this.order;
	}

}
