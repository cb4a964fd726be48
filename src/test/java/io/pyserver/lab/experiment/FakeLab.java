package io.pyserver.lab.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.cluster.Keep;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.controls.Round.Connection;
import io.pyserver.lab.controls.Round.Endpoint;
import io.pyserver.lab.controls.Surroundings;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.shipped.ShippedPod;

/** A lab on a fake cluster, in a hurry, with the pods of one experiment. */
record FakeLab(FakeCluster cluster, Lab lab, FakePods pods) implements AutoCloseable {

	static FakeLab start() {
		FakeCluster cluster = FakeCluster.start();
		return new FakeLab(cluster, on(cluster, false), cluster.pods("test"));
	}

	static Lab on(Cluster cluster, boolean everyNode) {
		LabSettings hurried = new LabSettings(null, null, null, 2, everyNode, Selection.of(null), Duration.ofSeconds(1),
				Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(5), 1, Keep.NEVER,
				Path.of("target/fake-lab"));
		return new Lab(cluster, hurried, ShippedPod.read(),
				new Surroundings(cluster, new PodGroup(cluster, "outside"), List.of(), ""), Sabotage.NONE, "test");
	}

	/**
	 * Of one connection for each pod, from its companion. Probes are counted from now on.
	 */
	Experiment experiment(String cells, PodUnderTest... pods) {
		return experiment(cells, Sabotage.NONE, pods);
	}

	Experiment experiment(String cells, Sabotage sabotage, PodUnderTest... pods) {
		Experiment experiment = new Experiment(this.lab.sabotagedBy(sabotage, "test"), FakeLab::podToPod, group(),
				Selection.of(cells).cells(), List.of(pods), new Progress(1, 1));
		experiment.startCounting();
		return experiment;
	}

	/** From now on, attempts from companions end as curl's with this exit code. */
	void curlEndsWith(int exitCode) {
		this.cluster.shells().put("companion", (_) -> new Output(0, "0 curl " + exitCode + " said", ""));
	}

	static List<Connection> podToPod(List<Endpoint> endpoints) {
		return endpoints.stream()
			.map((each) -> new Connection(Control.POD_TO_POD, each, each.companion(), each.url()))
			.toList();
	}

	PodGroup group() {
		return this.pods.group();
	}

	/** A pod under test that is ready. */
	PodUnderTest pod(String name) {
		return pod(name, Map.of());
	}

	/**
	 * The same.
	 * @param told what it does when its operator tells it something
	 */
	PodUnderTest pod(String name, Map<String, Runnable> told) {
		this.cluster.shells().put(name, (command) -> {
			command.stream().filter(told::containsKey).forEach((body) -> told.get(body).run());
			return new Output(0, "{}", "");
		});
		this.pods.create(name);
		this.pods.become(name, true, 0);
		return new PodUnderTest(group(), name, "one", Mechanism.HTTP_GET, group().shell("companion"));
	}

	@Override
	public void close() {
		this.cluster.close();
	}

}
