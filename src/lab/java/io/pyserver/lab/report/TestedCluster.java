package io.pyserver.lab.report;

import java.util.List;

/**
 * The cluster that a run was about.
 *
 * @param name the kube context, or the node image of a throw-away cluster
 * @param kubernetes the version
 * @param engine what enforces policies there, or {@code unknown}
 * @param nodes the nodes' names
 * @param image the image under test, as its pods name it
 * @param limits what could not be tried there, and so narrows the verdicts
 */
public record TestedCluster(String name, String kubernetes, String engine, List<String> nodes, String image,
		List<String> limits) {

	public TestedCluster {
		nodes = List.copyOf(nodes);
		limits = List.copyOf(limits);
	}

}
