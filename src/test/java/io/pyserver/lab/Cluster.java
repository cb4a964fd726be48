package io.pyserver.lab;

import java.util.List;

/** A running cluster that has the image under test. */
interface Cluster {

	Kubectl kubectl();

	List<Node> nodes();

	/** Whether its policy engine is known to police ping; not every one does. */
	boolean policesPing();

	/** The image under test, as its pods name it. */
	String image();

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
