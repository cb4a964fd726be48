package io.pyserver.lab.experiment;

import java.util.List;

import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * What one experiment is to ask.
 *
 * @param cells those of one policy and one order
 * @param suffix what tells its namespace from those of the same policy and order
 * @param everyNode whether it asks each cell on each of the nodes; else neighbours in the
 * matrix are on different ones
 * @param nodes those that its pods may run on
 */
record Plan(List<Cell> cells, String suffix, boolean everyNode, List<Node> nodes) {

	Policy policy() {
		return this.cells.getFirst().policy();
	}

	Order order() {
		return this.cells.getFirst().effectiveOrder();
	}

	/** Its pods under test: one for each mechanism, which has probes of all kinds. */
	List<PodUnderTest> pods(PodGroup group, Shell companion) {
		List<Mechanism> mechanisms = this.cells.stream().map(Cell::mechanism).distinct().toList();
		if (!this.everyNode) {
			return mechanisms.stream()
				.map((mechanism) -> new PodUnderTest(group, ShippedPod.name(mechanism), spread(mechanism).name(),
						mechanism, companion))
				.toList();
		}
		return this.nodes.stream()
			.flatMap((node) -> mechanisms.stream()
				.map((mechanism) -> new PodUnderTest(group, ShippedPod.name(mechanism) + "-" + node, node.name(),
						mechanism, companion)))
			.toList();
	}

	private Node spread(Mechanism mechanism) {
		return this.nodes.get((mechanism.ordinal() + order().ordinal() + policy().ordinal()) % this.nodes.size());
	}

}
