package io.pyserver.lab.matrix;

import java.util.List;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.controls.Target;

/**
 * Some nodes may not send to their own pods, as on a cluster whose policy engine takes
 * the kubelet for anybody else.
 */
public record Silence(List<Node> nodes) implements Sabotage {

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
