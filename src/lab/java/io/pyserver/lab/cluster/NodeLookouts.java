package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * A pod of the image under test in the network of each node: what it reaches, the node's
 * own processes reach.
 */
record NodeLookouts(Cluster cluster, List<String> nodes) {

	private static final String PURPOSE = "nodes";

	/**
	 * Starts them and says how to get into each. Nobody gets into a node whose pod is not
	 * ready in time.
	 * @throws KubernetesClientException when the cluster lets no such pod in
	 * @throws LabException when none is ready in time
	 */
	List<Node> start(Duration readyWithin) {
		PodGroup pods = new PodGroup(this.cluster, this.cluster.namespaces().name(PURPOSE));
		Sleeper sleeper = new Sleeper(this.cluster, pods.namespace());
		List<String> names = IntStream.range(0, this.nodes.size()).mapToObj((i) -> "node-" + i).toList();
		List<HasMetadata> manifests = new ArrayList<>();
		manifests.add(this.cluster.namespaces().namespace(PURPOSE, "privileged"));
		for (int i = 0; i < names.size(); i++) {
			manifests.add(sleeper.nodePod(names.get(i), this.nodes.get(i)));
		}
		pods.apply(manifests);
		Set<String> late = pods.awaitReadyOrSayWho(readyWithin, names);
		if (late.containsAll(names)) {
			throw pods.notReady(readyWithin);
		}
		return IntStream.range(0, names.size())
			.mapToObj((i) -> new Node(this.nodes.get(i), late.contains(names.get(i)) ? null : pods.shell(names.get(i))))
			.toList();
	}

}
