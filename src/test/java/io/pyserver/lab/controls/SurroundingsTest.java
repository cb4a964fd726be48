package io.pyserver.lab.controls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.LabSettings.Keep;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Shell.Output;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.controls.Round.Connection;
import io.pyserver.lab.controls.Round.Endpoint;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The controls if some nodes start no pod. */
class SurroundingsTest {

	private static final Shell SHELL = (_) -> new Output(0, "", "");

	private static final LabSettings HURRIED = new LabSettings(null, null, null, 2, false, Selection.of(null),
			Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Keep.NEVER,
			Path.of("target/fake-lab"));

	@AutoClose
	private final FakeCluster api = FakeCluster.start();

	private final FakeCluster cluster = this.api
		.with(List.of(new Node("one", null), new Node("two", null), new Node("three", SHELL)));

	@Test
	void thePeerIsOnANodeOnWhichCommandsCanRun() {
		FakePods pods = this.cluster.pods(this.cluster.run().namespace("outside"));
		Map<String, Pod> applied = pods.accept("outsider-0", "outsider-1", "outsider-2", "peer");
		for (String name : List.of("outsider-2", "peer")) {
			pods.create(name);
			pods.become(name, true, 0);
		}
		this.cluster.client()
			.resource(new ServiceBuilder().withNewMetadata()
				.withNamespace("default")
				.withName("kubernetes")
				.endMetadata()
				.withNewSpec()
				.withClusterIP("10.43.0.1")
				.endSpec()
				.build())
			.create();

		Surroundings.deploy(this.cluster, HURRIED);

		assertThat(applied.get("peer")).isEqualTo(new Sleeper(pods.group()).peer("peer", "three"));
	}

	@Test
	void theOtherNodeIsOneOnWhichCommandsCanRun() {
		Endpoint outsider = new Endpoint("three", "10.42.2.2", SHELL, SHELL);
		Surroundings surroundings = new Surroundings(this.cluster, new PodGroup(this.cluster, "outside"),
				List.of(outsider), "");

		assertThat(surroundings.connections(List.of(new Endpoint("one", "10.42.0.2", SHELL, SHELL))))
			.extracting(Connection::control)
			.contains(Control.OTHER_NODE_TO_POD)
			.doesNotContain(Control.OWN_NODE_TO_POD);
	}

	/** A node that falls silent is the other node of one pod only. */
	@Test
	void eachNodeIsTheOtherNodeOfItsNeighbour() {
		FakeCluster three = this.api.with(List.of(new Node("one", shell("one")), new Node("two", shell("two")),
				new Node("three", shell("three"))));
		List<Endpoint> outsiders = Stream.of("two", "three", "one")
			.map((node) -> new Endpoint(node, "10.42.9.9", shell("outsider on " + node), SHELL))
			.toList();
		Surroundings surroundings = new Surroundings(three, new PodGroup(three, "outside"), outsiders, "");

		assertThat(Stream.of("one", "two", "three")
			.flatMap(
					(node) -> surroundings.connections(List.of(new Endpoint(node, "10.42.0.2", SHELL, SHELL))).stream())
			.filter((connection) -> Set.of(Control.OTHER_NODE_TO_POD, Control.OUTSIDER_TO_POD)
				.contains(connection.control())))
			.extracting((connection) -> connection.subject().node(), (connection) -> connection.from().run("").stdout())
			.containsExactlyInAnyOrder(tuple("one", "two"), tuple("two", "three"), tuple("three", "one"),
					tuple("one", "outsider on two"), tuple("two", "outsider on three"),
					tuple("three", "outsider on one"));
	}

	private static Shell shell(String name) {
		return (_) -> new Output(0, name, "");
	}

}
