package io.pyserver.lab.cluster;

import java.util.List;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pyserver.lab.evidence.Observation.ImageIdentity;
import org.jspecify.annotations.Nullable;

/** A running cluster whose nodes have the image under test or can pull it. */
public interface Cluster {

	ClusterRun run();

	List<Node> nodes();

	/** The image under test, under the name that pods of this cluster use. */
	String image();

	/** How its nodes get the image; {@code Never} if they have it. */
	default String imagePullPolicy() {
		return "Never";
	}

	/** The digests of the image under test, or null if they are not known. */
	default @Nullable ImageIdentity imageIdentity() {
		return null;
	}

	/** The name of the cluster in a report. */
	String name();

	/** The address ranges of pods; empty if those of the shipped manifest are right. */
	default List<String> podRanges() {
		return List.of();
	}

	/** The IP families of its pods, for a report. */
	default String ipFamilies() {
		return "the cluster's";
	}

	/** What cannot be tried on this cluster, for a report. */
	default List<String> limits() {
		return List.of();
	}

	/**
	 * The largest number of nodes of an experiment if each cell is tried on every node.
	 * Further experiments test the other nodes.
	 */
	default int nodesAtOnce() {
		return 10;
	}

	default KubernetesClient client() {
		return run().client();
	}

	/** The namespace of this run for a purpose, and its pods. It need not exist yet. */
	default PodGroup group(String purpose) {
		return new PodGroup(this, run().namespace(purpose));
	}

	/** A shell in a container of a pod. The container may start later. */
	default Shell shell(String namespace, String pod, String container) {
		Pod known = new Pod();
		known.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(pod).build());
		known.setSpec(new PodSpecBuilder().addNewContainer().withName(container).endContainer().build());
		return new Shell.InContainer(client().pods().resource(known), pod, container);
	}

	/** The version of Kubernetes. The version of k3s ends with {@code +k3s1}. */
	default String version() {
		return client().nodes().withName(nodes().getFirst().name()).get().getStatus().getNodeInfo().getKubeletVersion();
	}

	default Node node(String name) {
		return nodes().stream()
			.filter((node) -> node.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No node " + name + " among " + nodes()));
	}

	/**
	 * The name of the node for pods that others depend on. It is the first node on which
	 * commands can be run, because such a node can start pods, or else the first node.
	 */
	default String helpersNode() {
		return nodes().stream().filter(Node::canRunCommands).findFirst().orElse(nodes().getFirst()).name();
	}

	default Node nodeOf(Pod pod) {
		return node(pod.getSpec().getNodeName());
	}

}
