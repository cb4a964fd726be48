package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * A pod of the image under test in the network of each node: what it reaches, the node's
 * own processes reach.
 */
record NodeLookouts(Cluster cluster, List<String> nodeNames) {

	/**
	 * What an API server says when an admission rule does not let a pod in; what the user
	 * may do was asked before.
	 */
	private static final Pattern REFUSED = Pattern.compile("forbidden|denied", Pattern.CASE_INSENSITIVE);

	/**
	 * Starts them and says how to get into each.
	 * @throws RefusedException when the cluster lets no such pod in
	 */
	List<Node> start(Duration readyWithin) throws RefusedException {
		String namespace = this.cluster.namespaces().name("nodes");
		List<HasMetadata> manifests = new ArrayList<>();
		manifests.add(this.cluster.namespaces().namespace("nodes", "privileged"));
		IntStream.range(0, this.nodeNames.size()).mapToObj(this::pod).forEach(manifests::add);
		PodGroup pods = new PodGroup(this.cluster, namespace);
		try {
			pods.apply(manifests);
		}
		catch (KubernetesClientException ex) {
			if (!REFUSED.matcher(Clients.said(ex)).find()) {
				throw ex;
			}
			throw new RefusedException(LabException.oneLine(Clients.said(ex)));
		}
		pods.awaitReady(readyWithin, IntStream.range(0, this.nodeNames.size()).mapToObj(NodeLookouts::name).toList());
		return IntStream.range(0, this.nodeNames.size())
			.mapToObj((i) -> new Node(this.nodeNames.get(i), pods.shell(name(i))))
			.toList();
	}

	private Pod pod(int i) {
		return new Sleeper(this.cluster, this.cluster.namespaces().name("nodes")).nodePod(name(i),
				this.nodeNames.get(i));
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
