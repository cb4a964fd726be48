package io.pyserver.lab.cluster;

import java.util.List;

import io.pyserver.lab.evidence.ImageIdentity;
import org.jspecify.annotations.Nullable;

/** A running cluster that has the image under test. */
public interface Cluster {

	Kubectl kubectl();

	/** For what is asked again and again. */
	ApiServer api();

	List<Node> nodes();

	/** The version of Kubernetes; that of k3s ends in {@code +k3s1}. */
	default String version() {
		return api().get("/api/v1/nodes").at("/items/0/status/nodeInfo/kubeletVersion").asString();
	}

	/** The image under test, as its pods name it. */
	String image();

	/** Where its pods get the image from. */
	String imagePullPolicy();

	/** The identity of the image under test, or null where it is not known. */
	@Nullable ImageIdentity imageIdentity();

	/** The namespaces of this run. */
	RunNamespaces namespaces();

	/** The pods of this run that carry its label. */
	RunPods pods();

	/**
	 * Who may start pods now: it is the heaviest thing that they do, and others' probes
	 * are answered late meanwhile.
	 */
	Turns starts();

	/** Whether it was made for this run alone. */
	boolean isThrowAway();

	/**
	 * The ranges of its pods, where the shipped manifest may not know them; empty where
	 * it does.
	 */
	default List<String> podRanges() {
		return List.of();
	}

	/** How a report names it. */
	String name();

	/** What cannot be tried on it. */
	default List<String> limits() {
		return List.of();
	}

	default Node node(String name) {
		return nodes().stream()
			.filter((node) -> node.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No node " + name + " among " + nodes()));
	}

	default Node nodeOf(Pod pod) {
		return node(pod.node());
	}

}
