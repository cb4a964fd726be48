package io.pyserver.lab.experiment;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
	 * Asks again, as a node may have got another address since it was looked at. What was
	 * known stays: a probe may have come from an address that is gone by now, and a node
	 * may not answer.
	 */
	void refresh() {
		this.known.replaceAll((pod, known) -> {
			try {
				return Stream.concat(known.stream(), ask(pod).stream()).collect(Collectors.toSet());
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
