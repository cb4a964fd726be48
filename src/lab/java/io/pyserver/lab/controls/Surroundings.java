package io.pyserver.lab.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.cluster.UrlHost;
import io.pyserver.lab.evidence.Control;

/**
 * What stays without policies for the whole run, and the controls are tried from or to:
 * pods of the image under test, one on each node and two at least, and one more with the
 * label that {@code allow-peer} lets in.
 */
public final class Surroundings {

	private static final String PEER = "peer";

	private final Cluster cluster;

	private final PodGroup group;

	private final Shell peer;

	private final List<Endpoint> outsiders;

	private final String apiServer;

	/** Of pods that are there. */
	public Surroundings(Cluster cluster, PodGroup group, List<Endpoint> outsiders, String apiServer) {
		this.cluster = cluster;
		this.group = group;
		this.peer = group.shell(PEER);
		this.outsiders = outsiders;
		this.apiServer = apiServer;
	}

	/**
	 * Starts them. A node that takes no pod holds up nobody, as long as there is one that
	 * does.
	 * @throws LabException when there is none
	 */
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
		manifests.add(pods.peer(PEER, cluster.helpersNode()));
		try (ConcurrencyLimit.Permit _ = cluster.run().starts().acquire()) {
			group.apply(manifests);
			Set<String> late = group.awaitReadyOrSayWho(settings.ready(),
					Stream.concat(names.stream(), Stream.of(PEER)).toList());
			if (late.contains(PEER) || late.containsAll(names)) {
				throw group.notReady(settings.ready());
			}
		}
		List<Endpoint> outsiders = group.pods()
			.values()
			.stream()
			.filter((pod) -> UnderTest.isReady(pod) && !pod.getMetadata().getName().equals(PEER))
			.map((pod) -> new Endpoint(pod.getSpec().getNodeName(), pod.getStatus().getPodIP(),
					group.shell(pod.getMetadata().getName()), group.shell(PEER)))
			.toList();
		String apiServer = cluster.client()
			.services()
			.inNamespace("default")
			.withName("kubernetes")
			.get()
			.getSpec()
			.getClusterIP();
		return new Surroundings(cluster, group, outsiders, "http://" + UrlHost.of(apiServer) + ":443/");
	}

	/**
	 * A pod without policies on this node, to try before there is a pod under test; on
	 * another one where there is none.
	 */
	public Endpoint standIn(String node) {
		return this.outsiders.stream()
			.filter((outsider) -> outsider.node().equals(node))
			.findFirst()
			.orElse(this.outsiders.getFirst());
	}

	/** Every control that this cluster allows, for each of some pods. */
	public List<Connection> connections(List<Endpoint> pods) {
		return pods.stream().flatMap(this::connections).toList();
	}

	private Stream<Connection> connections(Endpoint pod) {
		Endpoint stranger = stranger(pod);
		Stream<Connection> always = Stream.of(new Connection(Control.POD_TO_POD, pod, pod.companion(), pod.url()),
				new Connection(Control.POD_TO_POD_PING, pod, pod.companion(), pod.pingUrl()),
				new Connection(Control.OUTSIDER_TO_POD, pod, stranger.shell(), pod.url()),
				new Connection(Control.LABELLED_PEER_TO_POD, pod, this.peer, pod.url()),
				new Connection(Control.POD_TO_OUTSIDER, pod, pod.shell(), stranger.url()),
				new Connection(Control.POD_TO_API_SERVER, pod, pod.shell(), this.apiServer));
		Stream<Connection> ownNode = Stream.of(this.cluster.node(pod.node()))
			.filter(Node::hasWayIn)
			.map((own) -> new Connection(Control.OWN_NODE_TO_POD, pod, own.shell(), pod.url()));
		Stream<Connection> otherNode = otherNode(pod)
			.map((other) -> new Connection(Control.OTHER_NODE_TO_POD, pod, other.shell(), pod.url()))
			.stream();
		return Stream.of(always, ownNode, otherNode).flatMap((each) -> each);
	}

	/** The outsider that is not on the pod's node, if there is such a one. */
	private Endpoint stranger(Endpoint pod) {
		return this.outsiders.stream()
			.filter((outsider) -> !outsider.node().equals(pod.node()))
			.findFirst()
			.orElse(this.outsiders.getLast());
	}

	/** One stands for all the others that there is a way into. */
	private Optional<Node> otherNode(Endpoint pod) {
		return this.cluster.nodes()
			.stream()
			.filter(Node::hasWayIn)
			.filter((node) -> !node.name().equals(pod.node()))
			.findFirst();
	}

	/**
	 * How often each of the pods here was restarted, which none of them ever should be.
	 */
	public Map<String, Integer> restarts() {
		return this.group.restarts();
	}

	/** Those that were started again since they had so many restarts. */
	public Stream<String> restartedSince(Map<String, Integer> before) {
		return restarts().entrySet()
			.stream()
			.filter((pod) -> pod.getValue() > before.getOrDefault(pod.getKey(), 0))
			.map(Map.Entry::getKey);
	}

	/** Begins to listen to kubelets, which shows whether that is allowed. */
	public void listen() {
		this.group.events();
	}

	public void remove() {
		this.group.remove();
	}

}
