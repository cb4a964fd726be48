package io.pyserver.lab.cluster;

import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.pyserver.lab.evidence.ImageIdentity;
import org.jspecify.annotations.Nullable;

/** A running cluster that has the image under test. */
public interface Cluster {

	ClusterRun run();

	List<Node> nodes();

	/** The image under test, as its pods name it. */
	String image();

	/** Where its pods get the image from. */
	String imagePullPolicy();

	/** The identity of the image under test, or null where it is not known. */
	@Nullable ImageIdentity imageIdentity();

	/** How a report names it. */
	String name();

	/**
	 * The ranges of its pods, where the shipped manifest may not know them; empty where
	 * it does.
	 */
	default List<String> podRanges() {
		return List.of();
	}

	/** The IP families of its pods, as a report names them. */
	default String ipFamilies() {
		return "the cluster's";
	}

	/** What cannot be tried on it. */
	default List<String> limits() {
		return List.of();
	}

	/**
	 * On how many nodes one experiment may have pods where each cell is asked on every
	 * node; others come later.
	 */
	default int nodesAtOnce() {
		return 10;
	}

	default KubernetesClient client() {
		return run().client();
	}

	default RunNamespaces namespaces() {
		return run().namespaces();
	}

	/** Inside a container of a pod, which need not be there yet. */
	default Shell shell(String namespace, String pod, String container) {
		Pod known = new PodBuilder().withNewMetadata()
			.withNamespace(namespace)
			.withName(pod)
			.endMetadata()
			.withNewSpec()
			.addNewContainer()
			.withName(container)
			.endContainer()
			.endSpec()
			.build();
		return new PodShell(client().pods().resource(known), pod, container);
	}

	/** The version of Kubernetes; that of k3s ends in {@code +k3s1}. */
	default String version() {
		return client().nodes().list().getItems().getFirst().getStatus().getNodeInfo().getKubeletVersion();
	}

	default Node node(String name) {
		return nodes().stream()
			.filter((node) -> node.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No node " + name + " among " + nodes()));
	}

	/**
	 * The name of a node for pods that others depend on: the first that there is a way
	 * into, as that takes pods, or else the first of all.
	 */
	default String helpersNode() {
		return nodes().stream().filter(Node::hasWayIn).findFirst().orElse(nodes().getFirst()).name();
	}

	default Node nodeOf(Pod pod) {
		return node(pod.getSpec().getNodeName());
	}

}
