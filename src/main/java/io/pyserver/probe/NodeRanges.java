package io.pyserver.probe;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.catalina.util.NetMask;

/**
 * What counts as the pod's node, and why.
 *
 * @param byReason ranges of addresses, in the order in which they are told
 */
public record NodeRanges(Map<Reason, List<NetMask>> byReason) {

	List<NetMask> all() {
		return this.byReason.values().stream().flatMap(Collection::stream).toList();
	}

	/** Where a range is known from. */
	public enum Reason {

		/** A property. */
		CONFIGURED,

		/** No route leads there but the node's own; GKE's Dataplane V2 probes from it. */
		LINK_LOCAL,

		/** The pod's routes. */
		GATEWAY

	}

}
