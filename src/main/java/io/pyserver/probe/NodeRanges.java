package io.pyserver.probe;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.apache.catalina.util.NetMask;

/**
 * What counts as the pod's node, and why.
 *
 * @param byReason ranges of addresses, in the order in which they are told
 */
public record NodeRanges(Map<Reason, List<NetMask>> byReason) {

	public NodeRanges {
		byReason = new EnumMap<>(byReason);
	}

	List<NetMask> all() {
		return this.byReason.values().stream().flatMap(Collection::stream).toList();
	}

	/** Where a range is known from. */
	public enum Reason {

		/** A property. */
		CONFIGURED("PYSERVER_NODE_IPS, the node's own addresses"),

		/** No route leads there but the node's own. */
		LINK_LOCAL("link-local, which GKE's Dataplane V2 probes from"),

		/** The pod's routes. */
		GATEWAY("a default gateway of this pod");

		private final String words;

		Reason(String words) {
			this.words = words;
		}

		/**
		 * For a person.
		 * @return where the range is known from
		 */
		public String words() {
			return this.words;
		}

	}

}
