package io.pyserver.lab.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeAddress;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.cluster.Turns;
import io.pyserver.lab.evidence.Control;

/**
 * What stays without policies for the whole run, and the controls are tried from or to:
 * pods of the image under test, one on each node and two at least, and one more with the
 * label that {@code allow-peer} lets in.
 */
public final class Surroundings implements Connections {

	private static final String PEER = "peer";

	private final Cluster cluster;

	private final PodGroup group;

	private final List<Target> outsiders;

	private final String apiServer;

	/** Of pods that are there. */
	public Surroundings(Cluster cluster, PodGroup group, List<Target> outsiders, String apiServer) {
		this.cluster = cluster;
		this.group = group;
		this.outsiders = outsiders;
		this.apiServer = apiServer;
	}

	public static Surroundings deploy(Cluster cluster, LabSettings settings) {
		String purpose = "outside";
		PodGroup group = new PodGroup(cluster, cluster.namespaces().name(purpose));
		List<Node> nodes = cluster.nodes();
		Sleeper pods = new Sleeper(cluster, group.namespace());
		List<HasMetadata> manifests = new ArrayList<>();
		manifests.add(cluster.namespaces().namespace(purpose, "restricted"));
		List<String> names = IntStream.range(0, Math.max(2, nodes.size())).mapToObj((i) -> "outsider-" + i).toList();
		for (int i = 0; i < names.size(); i++) {
			manifests.add(pods.outsider(names.get(i), nodes.get(i % nodes.size()).name()));
		}
		manifests.add(pods.peer(PEER, nodes.getFirst().name()));
		try (Turns.Turn _ = cluster.run().starts().take()) {
			group.apply(manifests);
			group.awaitReady(settings.ready(), Stream.concat(names.stream(), Stream.of(PEER)).toList());
		}
		List<Target> outsiders = group.pods()
			.values()
			.stream()
			.filter((pod) -> !pod.getMetadata().getName().equals(PEER))
			.map((pod) -> new Target(pod.getSpec().getNodeName(), pod.getStatus().getPodIP(),
					group.shell(pod.getMetadata().getName()), group.shell(PEER)))
			.toList();
		String apiServer = cluster.client()
			.services()
			.inNamespace("default")
			.withName("kubernetes")
			.get()
			.getSpec()
			.getClusterIP();
		return new Surroundings(cluster, group, outsiders,
				"http://" + (apiServer.contains(":") ? "[" + apiServer + "]" : apiServer) + ":443/");
	}

	/** A pod without policies on this node, to try before there is a pod under test. */
	public Target standIn(String node) {
		return this.outsiders.stream()
			.filter((outsider) -> outsider.node().equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No outsider runs on node " + node));
	}

	/** Those that this cluster allows. */
	@Override
	public Dials dials(List<Target> targets, Predicate<Control> open) {
		Dials dials = new Dials(open);
		for (Target target : targets) {
			Target stranger = stranger(target);
			dials.add(Control.POD_TO_POD, target, target.companion(), target.url());
			dials.add(Control.POD_TO_POD_PING, target, target.companion(), target.pingUrl());
			dials.add(Control.OUTSIDER_TO_POD, target, stranger.shell(), target.url());
			dials.add(Control.LABELLED_PEER_TO_POD, target, this.group.shell(PEER), target.url());
			dials.add(Control.POD_TO_OUTSIDER, target, target.shell(), stranger.url());
			dials.add(Control.POD_TO_API_SERVER, target, target.shell(), this.apiServer);
			Node ownNode = this.cluster.node(target.node());
			if (ownNode.hasWayIn()) {
				dials.add(Control.OWN_NODE_TO_POD, target, ownNode.shell(), target.url());
			}
			otherNode(target).filter(Node::hasWayIn)
				.ifPresent((other) -> dials.add(Control.OTHER_NODE_TO_POD, target, other.shell(), target.url()));
		}
		return dials;
	}

	/** The outsider that is not on the pod's node, if there is such a one. */
	private Target stranger(Target target) {
		return this.outsiders.stream()
			.filter((outsider) -> !outsider.node().equals(target.node()))
			.findFirst()
			.orElse(this.outsiders.getLast());
	}

	/** One stands for all the others. */
	private Optional<Node> otherNode(Target target) {
		return this.cluster.nodes().stream().filter((node) -> !node.name().equals(target.node())).findFirst();
	}

	/**
	 * How often each of the pods here was restarted, which none of them ever should be.
	 */
	public Map<String, Integer> restarts() {
		return this.group.restarts();
	}

	/** Begins to listen to kubelets, which shows whether that is allowed. */
	public void listen() {
		this.group.events();
	}

	public void remove() {
		this.group.remove();
	}

	/** Every address that a node holds, as far as can be known. */
	public Set<String> addressesOf(String node) {
		return this.cluster.node(node).hasWayIn() ? this.cluster.node(node).addresses() : fromApiServer(node);
	}

	/** None of a node that is gone. */
	private Set<String> fromApiServer(String node) {
		return Stream.ofNullable(this.cluster.client().nodes().withName(node).get())
			.flatMap((known) -> known.getStatus().getAddresses().stream())
			.map(NodeAddress::getAddress)
			.collect(Collectors.toSet());
	}

}
