package io.pyserver.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/**
 * A pod of the image under test in the network of each node: what it reaches, the node's
 * own processes reach.
 */
record NodePods(Cluster cluster, List<String> nodeNames) {

	/** Starts them and says how to get into each. */
	List<Node> start(Duration readyWithin) throws RefusedException {
		String namespace = this.cluster.namespaces().name("nodes");
		List<JsonNode> manifests = new ArrayList<>();
		manifests.add(Manifest.namespace(this.cluster, "nodes", "privileged"));
		IntStream.range(0, this.nodeNames.size()).mapToObj(this::pod).forEach(manifests::add);
		PodGroup pods = new PodGroup(this.cluster, namespace);
		try {
			pods.apply("nodes", manifests);
			pods.awaitReady(readyWithin, IntStream.range(0, this.nodeNames.size()).mapToObj(NodePods::name).toList());
		}
		catch (LabException | IllegalStateException ex) {
			if (!ex.getMessage().toLowerCase(Locale.ROOT).contains("host")) {
				throw ex;
			}
			throw new RefusedException(ex.getMessage());
		}
		return IntStream.range(0, this.nodeNames.size())
			.mapToObj((i) -> new Node(this.nodeNames.get(i), new PodShell(this.cluster.api(), namespace, name(i))))
			.toList();
	}

	private JsonNode pod(int i) {
		return Manifest.sleeper(this.cluster, this.cluster.namespaces().name("nodes"), name(i), this.nodeNames.get(i),
				true);
	}

	private static String name(int i) {
		return "node-" + i;
	}

	/** The cluster does not let a pod into a node's network. */
	static final class RefusedException extends Exception {

		private static final long serialVersionUID = 1;

		RefusedException(String message) {
			super(message);
		}

	}

}
