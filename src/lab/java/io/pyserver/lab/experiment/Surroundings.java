package io.pyserver.lab.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.experiment.Round.Connection;
import io.pyserver.lab.experiment.Round.Endpoint;
import io.pyserver.lab.evidence.Control;

/**
 * The pods without policies that controls start from or lead to. They exist for the whole
 * run. There is an outsider on each node, and at least two. There is one peer, with the
 * label that {@code allow-peer} allows.
 *
 * @param group the namespace of the pods
 * @param peer a shell in the peer; connections from the same shell are tried by one
 * command
 * @param apiServer the URL of the Service of the API server
 */
record Surroundings(PodGroup group, Shell peer, List<Endpoint> outsiders, String apiServer) {

	static final String PEER = "peer";

	/**
	 * Starts the pods, and continues without those that do not become ready.
	 * @throws LabException if the peer or all outsiders do not become ready
	 */
	static Surroundings deploy(Cluster cluster, LabSettings settings) {
		PodGroup group = cluster.group("outside");
		List<Node> nodes = cluster.nodes();
		Sleeper pods = new Sleeper(group);
		List<Pod> manifests = new ArrayList<>();
		List<String> names = IntStream.range(0, Math.max(2, nodes.size())).mapToObj((i) -> "outsider-" + i).toList();
		for (int i = 0; i < names.size(); i++) {
			manifests.add(pods.outsider(names.get(i), nodes.get(i % nodes.size()).name()));
		}
		manifests.add(pods.peer(PEER, cluster.helpersNode()));
		try (ConcurrencyLimit.Permit _ = cluster.run().starts().acquire()) {
			group.create("restricted");
			group.apply(manifests);
			Set<String> notReady = group.awaitAndFindNotReady(settings.ready(), settings.accepted(), names);
			if (notReady.containsAll(names)) {
				throw group.notReadyException(settings.ready());
			}
			group.awaitReady(settings.ready(), List.of(PEER));
		}
		Shell peer = group.shell(PEER);
		List<Endpoint> outsiders = group.pods()
			.values()
			.stream()
			.filter((pod) -> ContainerUnderTest.isReady(pod) && !pod.getMetadata().getName().equals(PEER))
			.map((pod) -> new Endpoint(pod.getSpec().getNodeName(), pod.getStatus().getPodIP(),
					group.shell(pod.getMetadata().getName()), peer))
			.toList();
		Service apiServer = cluster.client().services().inNamespace("default").withName("kubernetes").get();
		return new Surroundings(group, peer, outsiders,
				"http://" + Fetch.host(apiServer.getSpec().getClusterIP()) + ":443/");
	}

	/**
	 * An outsider that stands in for a pod under test before that pod exists. It is on
	 * the same node if possible.
	 */
	Endpoint standIn(String node) {
		return this.outsiders.stream()
			.filter((outsider) -> outsider.node().equals(node))
			.findFirst()
			.orElse(this.outsiders.getFirst());
	}

	/** Every control of a pod that this cluster allows. */
	List<Connection> connections(Endpoint pod) {
		List<Node> nodes = otherNodes(pod);
		Endpoint outsider = nodes.stream()
			.flatMap((node) -> this.outsiders.stream().filter((each) -> each.node().equals(node.name())))
			.findFirst()
			.orElse(this.outsiders.getLast());
		List<Connection> connections = new ArrayList<>();
		connections.add(new Connection(Control.POD_TO_POD, pod, pod.companion(), pod.url()));
		connections.add(new Connection(Control.POD_TO_POD_PING, pod, pod.companion(), pod.pingUrl()));
		connections.add(new Connection(Control.OUTSIDER_TO_POD, pod, outsider.shell(), pod.url()));
		connections.add(new Connection(Control.LABELLED_PEER_TO_POD, pod, this.peer, pod.url()));
		connections.add(new Connection(Control.POD_TO_OUTSIDER, pod, pod.shell(), outsider.url()));
		connections.add(new Connection(Control.POD_TO_API_SERVER, pod, pod.shell(), this.apiServer));
		Stream.of(this.group.cluster().node(pod.node()))
			.filter(Node::canRunCommands)
			.forEach((own) -> connections.add(new Connection(Control.OWN_NODE_TO_POD, pod, own.shell(), pod.url())));
		nodes.stream()
			.filter(Node::canRunCommands)
			.limit(1)
			.forEach((other) -> connections
				.add(new Connection(Control.OTHER_NODE_TO_POD, pod, other.shell(), pod.url())));
		return connections;
	}

	/**
	 * The nodes that the pod does not run on. The nodes that follow the pod's own come
	 * first, so that a node that falls silent is the other node of few pods.
	 */
	private List<Node> otherNodes(Endpoint pod) {
		Cluster cluster = this.group.cluster();
		List<Node> nodes = new ArrayList<>(cluster.nodes());
		Collections.rotate(nodes, -1 - nodes.indexOf(cluster.node(pod.node())));
		nodes.removeLast();
		return nodes;
	}

}
