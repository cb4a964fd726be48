package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * The pods in the network of each node, in which the lab runs commands. They have the
 * image under test, and reach what the node's own processes reach.
 */
record NodeNetworkPods(Cluster cluster, List<String> nodes) {

	/**
	 * Starts the pods.
	 * @param accepted how long a node may take to accept its pod, if others are ready
	 * @return the nodes; a node whose pod is not ready in time cannot run commands
	 * @throws KubernetesClientException if the cluster does not accept such a pod
	 * @throws LabException if no pod is ready in time
	 */
	List<Node> start(Duration readyWithin, Duration accepted) {
		PodGroup pods = this.cluster.group("nodes");
		Sleeper sleeper = new Sleeper(pods);
		List<String> names = IntStream.range(0, this.nodes.size()).mapToObj((i) -> "node-" + i).toList();
		List<Pod> manifests = new ArrayList<>();
		for (int i = 0; i < names.size(); i++) {
			manifests.add(sleeper.nodePod(names.get(i), this.nodes.get(i)));
		}
		pods.create("privileged");
		pods.apply(manifests);
		Set<String> notReady = pods.awaitAndFindNotReady(readyWithin, accepted, names);
		if (notReady.containsAll(names)) {
			throw pods.notReadyException(readyWithin);
		}
		return IntStream.range(0, names.size())
			.mapToObj((i) -> new Node(this.nodes.get(i),
					notReady.contains(names.get(i)) ? null : pods.shell(names.get(i))))
			.toList();
	}

}
