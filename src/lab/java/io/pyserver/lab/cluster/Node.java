package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * A node, and the commands that the lab can run in its network.
 *
 * @param inside runs commands in the node's network, or null if that is not possible
 */
public record Node(String name, @Nullable Shell inside) {

	private static final Pattern ADDRESS = Pattern.compile("inet6? ([0-9a-f.:]+)");

	/**
	 * Starts a pod in the network of each node, in which the lab runs commands. The pods
	 * have the image under test, and reach what the node's own processes reach.
	 * @param accepted how long a node may take to accept its pod, if others are ready
	 * @return the nodes; a node whose pod is not ready in time cannot run commands
	 * @throws KubernetesClientException if the cluster does not accept such a pod
	 * @throws LabException if no pod is ready in time
	 */
	static List<Node> open(Cluster cluster, List<String> nodes, Duration readyWithin, Duration accepted) {
		PodGroup pods = cluster.group("nodes");
		List<String> names = IntStream.range(0, nodes.size()).mapToObj((i) -> "node-" + i).toList();
		pods.create("privileged");
		pods.apply(IntStream.range(0, nodes.size())
			.mapToObj((i) -> new Sleeper(pods).nodePod(names.get(i), nodes.get(i)))
			.toList());
		Set<String> notReady = pods.awaitAndFindNotReady(readyWithin, accepted, names);
		if (notReady.containsAll(names)) {
			throw pods.notReadyException(readyWithin);
		}
		return IntStream.range(0, nodes.size())
			.mapToObj((i) -> new Node(nodes.get(i), notReady.contains(names.get(i)) ? null : pods.shell(names.get(i))))
			.toList();
	}

	public Shell shell() {
		if (this.inside == null) {
			throw new IllegalStateException("No command can be run on node " + this.name);
		}
		return this.inside;
	}

	public boolean canRunCommands() {
		return this.inside != null;
	}

	/** The addresses of all interfaces of this node. */
	public Set<String> addresses() {
		String interfaces = shell().run("ip", "-o", "addr").orThrow("ip addr on " + this.name).stdout();
		return ADDRESS.matcher(interfaces).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

	/** Lets a pod run on the nodes with these names only. */
	public static void pin(PodSpec pod, List<String> nodes) {
		pod.setAffinity(new AffinityBuilder().withNewNodeAffinity()
			.withNewRequiredDuringSchedulingIgnoredDuringExecution()
			.addNewNodeSelectorTerm()
			.addToMatchExpressions(new NodeSelectorRequirement("kubernetes.io/hostname", "In", nodes))
			.endNodeSelectorTerm()
			.endRequiredDuringSchedulingIgnoredDuringExecution()
			.endNodeAffinity()
			.build());
	}

	@Override
	public String toString() {
		return this.name;
	}

}
