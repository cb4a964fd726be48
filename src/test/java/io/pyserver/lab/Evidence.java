package io.pyserver.lab;

import java.util.List;

/**
 * All that an experiment saw.
 *
 * @param before what was reachable before any policy
 * @param during what was reachable when the policies had been applied
 * @param pods what was seen of each pod while everything was denied; empty where nothing
 * was
 * @param after what was reachable when the policies had been removed
 */
record Evidence(Reachability before, Reachability during, List<PodEvidence> pods, Reachability after) {

	/** How many liveness probes each pod has to get under the policies. */
	static final int ENOUGH_PROBES = 6;

	Evidence {
		pods = List.copyOf(pods);
	}

}
