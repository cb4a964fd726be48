package io.pyserver.lab.experiment;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Which pods of which nodes are in one experiment. */
class PlanTest {

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	@Test
	void neighboursInTheMatrixAreOnDifferentNodes() {
		List<Plan> plans = plans(2, false);

		assertThat(plans).hasSize(2);
		assertThat(pods(plans.getFirst())).extracting((pod) -> pod.name() + " on " + pod.node())
			.containsExactly("pyserver-httpget on 1", "pyserver-tcpsocket on 0", "pyserver-exec on 1",
					"pyserver-grpc on 0");
		assertThat(pods(plans.getLast())).extracting((pod) -> pod.node().name()).containsExactly("0", "1", "0", "1");
	}

	@Test
	void manyNodesComeInWaves() {
		List<Plan> plans = plans(25, true);

		assertThat(plans).extracting((plan) -> plan.order() + plan.suffix(), (plan) -> plan.nodes().size())
			.containsExactly(tuple("POLICY_FIRST-wave0", 10), tuple("POD_FIRST-wave0", 10),
					tuple("POLICY_FIRST-wave1", 10), tuple("POD_FIRST-wave1", 10), tuple("POLICY_FIRST-wave2", 5),
					tuple("POD_FIRST-wave2", 5));
		assertThat(pods(plans.getLast())).hasSize(20)
			.extracting(PodUnderTest::name)
			.doesNotHaveDuplicates()
			.contains("pyserver-httpget-20", "pyserver-grpc-24");
	}

	private List<Plan> plans(int nodes, boolean everyNode) {
		Cluster many = this.cluster
			.with(IntStream.range(0, nodes).mapToObj((i) -> new Node(String.valueOf(i), null)).toList());
		return FakeLab.on(many, everyNode).plans(Selection.of("deny-both").cells());
	}

	private List<PodUnderTest> pods(Plan plan) {
		return plan.pods(new PodGroup(this.cluster.with(plan.nodes()), "test"), (_) -> null);
	}

}
