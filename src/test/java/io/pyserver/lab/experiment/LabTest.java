package io.pyserver.lab.experiment;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Shell.Output;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.evidence.Selection;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pods of which nodes are in one experiment. */
class LabTest {

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	@Test
	void neighbouringCellsOfTheMatrixAreOnDifferentNodes() {
		assertThat(experiments(2, false))
			.extracting((experiment) -> experiment.pods().stream().map(LabTest::place).toList())
			.containsExactly(
					List.of("pyserver-httpget on 1", "pyserver-tcpsocket on 0", "pyserver-exec on 1",
							"pyserver-grpc on 0"),
					List.of("pyserver-httpget on 0", "pyserver-tcpsocket on 1", "pyserver-exec on 0",
							"pyserver-grpc on 1"));
	}

	@Test
	void manyNodesAreTestedInWaves() {
		List<Experiment> experiments = experiments(25, true);
		String run = this.cluster.run().namespace("");
		assertThat(experiments)
			.extracting((experiment) -> experiment.setup().group().namespace().substring(run.length()) + " "
					+ experiment.pods().size())
			.containsExactly("test-deny-both-policy-first-wave0 40", "test-deny-both-pod-first-wave0 40",
					"test-deny-both-policy-first-wave1 40", "test-deny-both-pod-first-wave1 40",
					"test-deny-both-policy-first-wave2 20", "test-deny-both-pod-first-wave2 20");
		assertThat(experiments.getLast().pods()).extracting(LabTest::place)
			.doesNotHaveDuplicates()
			.startsWith("pyserver-httpget-20 on 20", "pyserver-tcpsocket-20 on 20")
			.endsWith("pyserver-grpc-24 on 24");
	}

	/** Controls that begin in one shell are tried by one command. */
	@Test
	void allPodsOfAnExperimentShareTheShellOfTheirCompanion() {
		List<PodUnderTest> pods = experiments(2, true).getFirst().pods();
		Shell companion = pods.getFirst().endpoint().companion();
		assertThat(pods).allSatisfy((pod) -> assertThat(pod.endpoint().companion()).isSameAs(companion));
	}

	@Test
	void theCompanionIsOnANodeOnWhichCommandsCanRun() {
		Cluster nodes = this.cluster
			.with(List.of(new Node("one", null), new Node("other", (_) -> new Output(0, "", ""))));
		Setup setup = FakeLab.on(nodes, false).experiments(Selection.of(null).cells()).getFirst().setup();
		assertThat(setup.manifests().getFirst()).isEqualTo(new Sleeper(setup.group()).companion("companion", "other"));
	}

	private List<Experiment> experiments(int nodes, boolean everyNode) {
		Cluster many = this.cluster
			.with(IntStream.range(0, nodes).mapToObj((i) -> new Node(String.valueOf(i), null)).toList());
		return FakeLab.on(many, everyNode).experiments(Selection.of("deny-both").cells());
	}

	private static String place(PodUnderTest pod) {
		return pod.name() + " on " + pod.node();
	}

}
