package io.pyserver.lab;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Reach;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What stays without policies for the whole run, and the controls are tried from or to:
 * two pods of the image under test, one of them on each of two nodes, and one more with
 * the label that {@code allow-peer} lets in.
 */
final class Surroundings {

	private static final String PEER = "peer";

	private final Cluster cluster;

	private final PodGroup group;

	private final List<Target> outsiders;

	private final String apiServer;

	private final Map<String, Set<String>> addresses = new ConcurrentHashMap<>();

	private Surroundings(Cluster cluster, PodGroup group, List<Target> outsiders, String apiServer) {
		this.cluster = cluster;
		this.group = group;
		this.outsiders = outsiders;
		this.apiServer = apiServer;
	}

	static Surroundings deploy(Cluster cluster, ShippedPod shipped, LabSettings settings, String run) {
		String purpose = run + "-outside";
		PodGroup group = new PodGroup(cluster, cluster.namespaces().name(purpose));
		List<Node> nodes = cluster.nodes();
		List<JsonNode> manifests = new ArrayList<>();
		manifests.add(Manifest.namespace(cluster, purpose, "restricted"));
		IntStream.range(0, 2)
			.mapToObj((i) -> shipped.on(cluster, group.namespace(), "outsider-" + i, nodes.get(i % nodes.size()).name(),
					null, settings))
			.forEach(manifests::add);
		manifests.add(Manifest.sleeper(cluster, group.namespace(), PEER, nodes.getFirst().name(), false));
		group.apply("outside", manifests);
		group.awaitReady(settings.ready(), List.of("outsider-0", "outsider-1", PEER));
		List<Target> outsiders = group.pods()
			.values()
			.stream()
			.filter((pod) -> !pod.at("/metadata/name").asString().equals(PEER))
			.map((pod) -> new Target(pod.at("/spec/nodeName").asString(), pod.at("/status/podIP").asString(),
					group.shell(pod.at("/metadata/name").asString())))
			.toList();
		String apiServer = cluster.kubectl()
			.json("get", "service", "kubernetes", "-n", "default")
			.at("/spec/clusterIP")
			.asString();
		return new Surroundings(cluster, group, outsiders,
				"http://" + (apiServer.contains(":") ? "[" + apiServer + "]" : apiServer) + ":443/");
	}

	/** A pod without policies on this node, to try before there is a pod under test. */
	Target standIn(String node) {
		return this.outsiders.stream()
			.filter((outsider) -> outsider.node().equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No outsider runs on node " + node));
	}

	/** Every control that this cluster allows, for each of the pods. */
	Map<Target, Map<Control, Reach>> measure(List<Target> targets) {
		Map<Target, Map<Control, Reach>> measured = new ConcurrentHashMap<>();
		targets.forEach((target) -> measured.put(target, new EnumMap<>(Control.class)));
		List<Callable<@Nullable Void>> attempts = new ArrayList<>();
		for (Target outsider : this.outsiders) {
			attempts.add(into(Control.OUTSIDER_TO_POD, outsider.shell(),
					targets.stream().filter((target) -> stranger(target).equals(outsider)).toList(), measured));
		}
		attempts.add(into(Control.LABELLED_PEER_TO_POD, this.group.shell(PEER), targets, measured));
		for (Node node : this.cluster.nodes()) {
			if (node.hasWayIn()) {
				attempts.add(fromNode(node, targets, measured));
			}
		}
		for (Target target : targets) {
			attempts.add(() -> {
				List<Reach> reached = Dial.from(target.shell(), List.of(stranger(target).url(), this.apiServer));
				note(measured, target, Control.POD_TO_OUTSIDER, reached.getFirst());
				note(measured, target, Control.POD_TO_API_SERVER, reached.getLast());
				return null;
			});
		}
		SideBySide.all(attempts);
		return measured;
	}

	/** Of other nodes one is enough. */
	private Callable<@Nullable Void> fromNode(Node node, List<Target> targets,
			Map<Target, Map<Control, Reach>> measured) {
		List<Target> tried = targets.stream().filter((target) -> isOwn(node, target) || isOther(node, target)).toList();
		return () -> {
			if (!tried.isEmpty()) {
				List<Reach> reached = Dial.from(node.shell(), tried.stream().map(Target::url).toList());
				IntStream.range(0, tried.size())
					.forEach((i) -> note(measured, tried.get(i),
							isOwn(node, tried.get(i)) ? Control.OWN_NODE_TO_POD : Control.OTHER_NODE_TO_POD,
							reached.get(i)));
			}
			return null;
		};
	}

	private static boolean isOwn(Node node, Target target) {
		return node.name().equals(target.node());
	}

	private static Callable<@Nullable Void> into(Control control, Shell from, List<Target> targets,
			Map<Target, Map<Control, Reach>> measured) {
		return () -> {
			if (!targets.isEmpty()) {
				List<Reach> reached = Dial.from(from, targets.stream().map(Target::url).toList());
				IntStream.range(0, targets.size())
					.forEach((i) -> note(measured, targets.get(i), control, reached.get(i)));
			}
			return null;
		};
	}

	private static void note(Map<Target, Map<Control, Reach>> measured, Target target, Control control, Reach reach) {
		measured.computeIfPresent(target, (_, reached) -> {
			reached.put(control, reach);
			return reached;
		});
	}

	/** The outsider that is not on the pod's node, if there is such a one. */
	private Target stranger(Target target) {
		return this.outsiders.stream()
			.filter((outsider) -> !outsider.node().equals(target.node()))
			.findFirst()
			.orElse(this.outsiders.getLast());
	}

	/** Whether it is the node that stands for all the others. */
	private boolean isOther(Node node, Target target) {
		return this.cluster.nodes()
			.stream()
			.filter((other) -> !other.name().equals(target.node()))
			.findFirst()
			.filter(node::equals)
			.isPresent();
	}

	/** How often anything here was restarted, which nothing here ever should be. */
	List<String> restarted() {
		return this.group.pods()
			.values()
			.stream()
			.filter((pod) -> PodGroup.restarts(pod) > 0)
			.map((pod) -> pod.at("/metadata/name").asString())
			.toList();
	}

	void remove() {
		this.group.remove();
	}

	/** Every address that a node holds, as far as can be known. */
	Set<String> addressesOf(String node) {
		return this.addresses.computeIfAbsent(node, (name) -> this.cluster.node(name).hasWayIn()
				? this.cluster.node(name).addresses() : fromApiServer(name));
	}

	private Set<String> fromApiServer(String node) {
		return Set.copyOf(this.cluster.kubectl()
			.json("get", "node", node)
			.at("/status/addresses")
			.valueStream()
			.map((address) -> address.path("address").asString())
			.toList());
	}

}
