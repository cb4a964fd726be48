package io.pyserver.lab.experiment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Shell.Output;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.experiment.Round.Connection;
import io.pyserver.lab.experiment.Round.Endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Which nodes the pods of an experiment and the other ends of its controls are on, also
 * if some nodes start no pod.
 */
class LabTest {

	private static final Shell SHELL = shell("");

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	private final FakeCluster three = this.cluster
		.with(List.of(new Node("one", null), new Node("two", null), new Node("three", SHELL)));

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
		Setup setup = FakeLab.on(this.three, false).experiments(Selection.of(null).cells()).getFirst().setup();
		assertThat(setup.manifests().getFirst()).isEqualTo(new Sleeper(setup.group()).companion("companion", "three"));
	}

	@Test
	void thePeerIsOnANodeOnWhichCommandsCanRun() {
		FakePods pods = this.three.pods(this.three.run().namespace("outside"));
		Map<String, Pod> applied = pods.accept("outsider-0", "outsider-1", "outsider-2", "peer");
		for (String name : List.of("outsider-2", "peer")) {
			pods.create(name);
			pods.become(name, true, 0);
		}
		this.three.client()
			.resource(new ServiceBuilder().withNewMetadata()
				.withNamespace("default")
				.withName("kubernetes")
				.endMetadata()
				.withNewSpec()
				.withClusterIP("10.43.0.1")
				.endSpec()
				.build())
			.create();

		Surroundings.deploy(this.three, FakeLab.on(this.three, false).settings());

		assertThat(applied.get("peer")).isEqualTo(new Sleeper(pods.group()).peer("peer", "three"));
	}

	@Test
	void theOtherNodeIsOneOnWhichCommandsCanRun() {
		Endpoint outsider = new Endpoint("three", "10.42.2.2", SHELL, SHELL);
		Surroundings surroundings = new Surroundings(new PodGroup(this.three, "outside"), SHELL, List.of(outsider), "");

		assertThat(surroundings.connections(new Endpoint("one", "10.42.0.2", SHELL, SHELL)))
			.extracting(Connection::control)
			.contains(Control.OTHER_NODE_TO_POD)
			.doesNotContain(Control.OWN_NODE_TO_POD);
	}

	/** A node that falls silent is the other node of one pod only. */
	@Test
	void eachNodeIsTheOtherNodeOfItsNeighbour() {
		FakeCluster nodes = this.cluster.with(List.of(new Node("one", shell("one")), new Node("two", shell("two")),
				new Node("three", shell("three"))));
		List<Endpoint> outsiders = Stream.of("two", "three", "one")
			.map((node) -> new Endpoint(node, "10.42.9.9", shell("outsider on " + node), SHELL))
			.toList();
		Surroundings surroundings = new Surroundings(new PodGroup(nodes, "outside"), SHELL, outsiders, "");

		assertThat(Stream.of("one", "two", "three")
			.flatMap((node) -> surroundings.connections(new Endpoint(node, "10.42.0.2", SHELL, SHELL)).stream())
			.filter((connection) -> Set.of(Control.OTHER_NODE_TO_POD, Control.OUTSIDER_TO_POD)
				.contains(connection.control())))
			.extracting((connection) -> connection.subject().node(), (connection) -> connection.from().run("").stdout())
			.containsExactlyInAnyOrder(tuple("one", "two"), tuple("two", "three"), tuple("three", "one"),
					tuple("one", "outsider on two"), tuple("two", "outsider on three"),
					tuple("three", "outsider on one"));
	}

	private List<Experiment> experiments(int nodes, boolean everyNode) {
		Cluster many = this.cluster
			.with(IntStream.range(0, nodes).mapToObj((i) -> new Node(String.valueOf(i), null)).toList());
		return FakeLab.on(many, everyNode).experiments(Selection.of("deny-both").cells());
	}

	private static String place(PodUnderTest pod) {
		return pod.name() + " on " + pod.node();
	}

	private static Shell shell(String name) {
		return (_) -> new Output(0, name, "");
	}

}
