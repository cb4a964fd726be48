package io.pyserver.lab;

import java.util.List;
import java.util.Set;

/**
 * What was seen of one pod while everything was denied.
 *
 * @param nodeAddresses every address that the pod's own node holds
 * @param livenessProbes the liveness requests that the pod logged after the controls had
 * shown enforcement
 * @param pageFromOwnNode what the pod's own node got when it asked for the page
 * @param harm the restarts and failed probes since before the policies
 */
record PodEvidence(Pod pod, Set<String> nodeAddresses, List<LogLine> livenessProbes, Fetch pageFromOwnNode,
		PodHealth harm) {

	PodEvidence {
		nodeAddresses = Set.copyOf(nodeAddresses);
		livenessProbes = List.copyOf(livenessProbes);
	}

	/** There is nothing more to wait for. */
	boolean conclusive() {
		return this.harm.restarts() > 0 || this.livenessProbes.size() >= Evidence.ENOUGH_PROBES;
	}

	/** Liveness probes that came from the pod's own node and were answered. */
	long answeredFromOwnNode() {
		return this.livenessProbes.stream()
			.filter((probe) -> this.nodeAddresses.contains(probe.source()) && probe.status() == 200)
			.count();
	}

}
