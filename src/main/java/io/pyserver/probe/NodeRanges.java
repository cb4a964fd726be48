package io.pyserver.probe;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.catalina.util.NetMask;

/**
 * The address ranges that count as the pod's node.
 *
 * @param byReason the ranges by their source, in the order in which they are shown
 */
public record NodeRanges(Map<Reason, List<NetMask>> byReason) {

	List<NetMask> all() {
		return this.byReason.values().stream().flatMap(Collection::stream).toList();
	}

	/** The source of a range. */
	public enum Reason {

		/** A property. */
		CONFIGURED,

		/**
		 * Only the node has a route to these addresses. GKE's Dataplane V2 probes from
		 * one.
		 */
		LINK_LOCAL,

		/** The pod's default gateways. */
		GATEWAY

	}

}
