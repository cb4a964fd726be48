package io.pyserver.lab.experiment;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every address that the node of a pod holds, as far as it can be known. */
final class NodeAddresses {

	private final Lab lab;

	private final Map<Probed, Set<String>> known = new ConcurrentHashMap<>();

	NodeAddresses(Lab lab) {
		this.lab = lab;
	}

	Set<String> of(Probed pod) {
		return this.known.computeIfAbsent(pod, this::ask);
	}

	/**
	 * Asks again, as a node may have got another address since it was looked at. Where it
	 * does not answer, what was known stays.
	 */
	void refresh() {
		this.known.replaceAll((pod, known) -> {
			try {
				return ask(pod);
			}
			catch (IllegalStateException ex) {
				return known;
			}
		});
	}

	/**
	 * Where nobody can look from the node, the pod knows one more than the API server.
	 */
	private Set<String> ask(Probed pod) {
		Set<String> addresses = new HashSet<>(this.lab.surroundings().addressesOf(pod.node()));
		if (!this.lab.cluster().node(pod.node()).hasWayIn()) {
			addresses.addAll(pod.operator().gateways());
		}
		return addresses;
	}

}
