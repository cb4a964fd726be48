package io.pyserver.lab;

import java.util.List;

/**
 * Some nodes may not send to their own pods, as on a cluster whose policy engine takes
 * the kubelet for anybody else.
 */
record Silence(List<Node> nodes) implements Sabotage {

	@Override
	public Ongoing start(List<Target> pods) {
		List<Node.Drop> drops = this.nodes.stream()
			.flatMap((node) -> pods.stream()
				.filter((pod) -> pod.node().equals(node.name()))
				.map((pod) -> node.dropTrafficTo(pod.ip())))
			.toList();
		return () -> drops.forEach(Node.Drop::close);
	}

}
