package io.pyserver.lab.controls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.controls.Round.Connection;
import io.pyserver.lab.controls.Round.Endpoint;
import io.pyserver.lab.evidence.Control;

/**
 * The pods without policies that controls start from or lead to. They exist for the whole
 * run. There is an outsider on each node, and at least two. There is one peer, with the
 * label that {@code allow-peer} allows.
 */
public final class Surroundings {

	private static final String PEER = "peer";

	private final Cluster cluster;

	private final PodGroup group;

	private final Shell peer;

	private final List<Endpoint> outsiders;

	private final String apiServer;

	/** Uses pods that exist. */
	public Surroundings(Cluster cluster, PodGroup group, List<Endpoint> outsiders, String apiServer) {
		this.cluster = cluster;
		this.group = group;
		this.peer = group.shell(PEER);
		this.outsiders = outsiders;
		this.apiServer = apiServer;
	}

	/**
	 * Starts the pods, and continues without those that do not become ready.
	 * @throws LabException if the peer or all outsiders do not become ready
	 */
	public static Surroundings deploy(Cluster cluster, LabSettings settings) {
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
		List<Endpoint> outsiders = group.pods()
			.values()
			.stream()
			.filter((pod) -> ContainerUnderTest.isReady(pod) && !pod.getMetadata().getName().equals(PEER))
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
		return new Surroundings(cluster, group, outsiders, "http://" + Fetch.host(apiServer) + ":443/");
	}

	/**
	 * An outsider that stands in for a pod under test before that pod exists. It is on
	 * the same node if possible.
	 */
	public Endpoint standIn(String node) {
		return this.outsiders.stream()
			.filter((outsider) -> outsider.node().equals(node))
			.findFirst()
			.orElse(this.outsiders.getFirst());
	}

	/** Every control of some pods that this cluster allows. */
	public List<Connection> connections(List<Endpoint> pods) {
		return pods.stream().flatMap(this::connections).toList();
	}

	private Stream<Connection> connections(Endpoint pod) {
		Endpoint outsider = outsider(pod);
		Stream<Connection> always = Stream.of(new Connection(Control.POD_TO_POD, pod, pod.companion(), pod.url()),
				new Connection(Control.POD_TO_POD_PING, pod, pod.companion(), pod.pingUrl()),
				new Connection(Control.OUTSIDER_TO_POD, pod, outsider.shell(), pod.url()),
				new Connection(Control.LABELLED_PEER_TO_POD, pod, this.peer, pod.url()),
				new Connection(Control.POD_TO_OUTSIDER, pod, pod.shell(), outsider.url()),
				new Connection(Control.POD_TO_API_SERVER, pod, pod.shell(), this.apiServer));
		Stream<Connection> ownNode = Stream.of(this.cluster.node(pod.node()))
			.filter(Node::canRunCommands)
			.map((own) -> new Connection(Control.OWN_NODE_TO_POD, pod, own.shell(), pod.url()));
		Stream<Connection> otherNode = others(pod, this.cluster.nodes(), Node::name).filter(Node::canRunCommands)
			.limit(1)
			.map((other) -> new Connection(Control.OTHER_NODE_TO_POD, pod, other.shell(), pod.url()));
		return Stream.of(always, ownNode, otherNode).flatMap((each) -> each);
	}

	/** An outsider on another node than the pod, if there is one. */
	private Endpoint outsider(Endpoint pod) {
		return others(pod, this.outsiders, Endpoint::node).findFirst().orElse(this.outsiders.getLast());
	}

	/**
	 * What is on other nodes than the pod. The nodes that follow the pod's own come
	 * first, so that a node that falls silent is the other node of few pods.
	 * @param node returns the name of the node
	 */
	private static <T> Stream<T> others(Endpoint pod, List<T> all, Function<T, String> node) {
		List<String> nodes = all.stream().map(node).toList();
		int own = nodes.lastIndexOf(pod.node());
		return IntStream.range(0, all.size())
			.mapToObj((i) -> all.get((own + 1 + i) % all.size()))
			.filter((each) -> !node.apply(each).equals(pod.node()));
	}

	/** How often each of these pods was restarted. None should be. */
	public Map<String, Integer> restarts() {
		return this.group.restarts();
	}

	/** The names of the pods that have more restarts than before. */
	public Stream<String> restartedSince(Map<String, Integer> before) {
		return restarts().entrySet()
			.stream()
			.filter((pod) -> pod.getValue() > before.getOrDefault(pod.getKey(), 0))
			.map(Map.Entry::getKey);
	}

	/** Starts to watch events, so that a refusal is known from the beginning. */
	public void listen() {
		this.group.events();
	}

	public void remove() {
		this.group.remove();
	}

}
