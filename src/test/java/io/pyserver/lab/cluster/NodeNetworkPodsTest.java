package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Nodes on which the pod of the lab does not start. */
class NodeNetworkPodsTest {

	private static final Duration READY = Duration.ofSeconds(1);

	@AutoClose
	private final FakeCluster cluster = FakeCluster.start();

	private final FakePods pods = this.cluster.pods(this.cluster.run().namespace("nodes"));

	@BeforeEach
	void prepare() {
		this.pods.accept("node-0", "node-1");
		this.pods.create("node-0");
		this.pods.create("node-1");
	}

	@Test
	void commandsCannotRunOnANodeWhosePodIsNotReady() {
		this.pods.become("node-1", true, 0);

		List<Node> nodes = open();

		assertThat(nodes).extracting(Node::name, Node::canRunCommands)
			.containsExactly(tuple("one", false), tuple("other", true));
		assertThat(this.cluster.with(nodes).helpersNode()).as("node of the lab's own pods").isEqualTo("other");
	}

	private List<Node> open() {
		return Node.open(this.cluster, List.of("one", "other"), READY, READY);
	}

	@Test
	void itIsAnErrorIfNoPodIsReady() {
		assertThatExceptionOfType(LabException.class).isThrownBy(this::open)
			.withMessageStartingWith("after 1 s pods are not ready: ")
			.withMessageContainingAll("node-0 (Running, restarts 0)", "node-1 (Running, restarts 0)");
	}

}
