package io.pyserver.lab.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.LabSettings.Keep;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell.Output;
import io.pyserver.lab.experiment.Round.Endpoint;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Selection;

/**
 * A lab on a fake cluster, with short limits, and the pods of one experiment.
 *
 * @param curl the exit code of each attempt of a control
 */
record FakeLab(FakeCluster cluster, Lab lab, FakePods pods, AtomicInteger curl) implements AutoCloseable {

	static final String BREAK = "{\"state\":\"broken\"}";

	static final String REPAIR = "{\"state\":\"correct\"}";

	private static final String PURPOSE = "test";

	static FakeLab start() {
		FakeCluster cluster = FakeCluster.start();
		cluster.createNode("one", "172.18.0.2");
		return new FakeLab(cluster, on(cluster, false), cluster.pods(cluster.run().namespace(PURPOSE)),
				new AtomicInteger());
	}

	static Lab on(Cluster cluster, boolean everyNode) {
		LabSettings hurried = new LabSettings(null, null, null, 2, everyNode, Selection.of(null), Duration.ofSeconds(1),
				Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(5), 1, Keep.NEVER,
				Path.of("target/fake-lab"));
		PodGroup outside = new PodGroup(cluster, "outside");
		Endpoint outsider = new Endpoint("other", "10.42.1.9", outside.shell("outsider"), outside.shell("peer"));
		return new Lab(cluster, hurried,
				new Surroundings(outside, outsider.companion(), List.of(outsider), "http://10.43.0.1:443/"),
				Sabotage.NONE, PURPOSE);
	}

	/** An experiment whose probes are counted from now on. */
	Experiment experiment(String cells, Sabotage sabotage, PodUnderTest... pods) {
		Setup setup = new Setup(this.lab.sabotagedBy(sabotage, PURPOSE), group(), Selection.of(cells).cells(),
				List.of(pods), new ProbeRecorder(List.of(pods)));
		Experiment experiment = new Experiment(setup, new Progress(1, 1));
		experiment.startCounting();
		return experiment;
	}

	/** The line of a liveness probe from the node in the log of a pod. */
	static String probed(String time) {
		return time + """
				 {"httpRequest": {"requestMethod": "GET", "requestUrl": "/", "status": 200, "remoteIp": "10.42.0.1"}, \
				"logging.googleapis.com/labels": {"caller": "node", "probe": "liveness"}}
				""";
	}

	/** Attempts of controls end as those of curl with an exit code, from now on. */
	void curlEndsWith(int exitCode) {
		this.curl.set(exitCode);
		for (String origin : List.of("companion", "outsider", "peer")) {
			this.cluster.shells().put(origin, (command) -> controls(command, exitCode));
		}
	}

	/** A line for each connection in the arguments of the script that tries controls. */
	static Output controls(List<String> command, int exitCode) {
		return new Output(0,
				IntStream.range(0, (command.size() - 4) / 2)
					.mapToObj((i) -> "%d curl %d said%n".formatted(i, exitCode))
					.collect(Collectors.joining()),
				"");
	}

	PodGroup group() {
		return this.pods.group();
	}

	/** A pod under test that is ready. */
	PodUnderTest pod(String name) {
		return pod(name, Map.of());
	}

	/**
	 * A pod under test that is ready.
	 * @param told what happens when a command sends a text to the service
	 */
	PodUnderTest pod(String name, Map<String, Runnable> told) {
		this.cluster.shells().put(name, (command) -> {
			command.stream().filter(told::containsKey).forEach((body) -> told.get(body).run());
			return controls(command, this.curl.get());
		});
		this.pods.create(name);
		this.pods.become(name, true, 0);
		return underTest(name, "one");
	}

	PodUnderTest underTest(String name, String node) {
		return new PodUnderTest(group(), name, this.cluster.node(node), Mechanism.HTTP_GET, this.lab.settings(),
				group().shell("companion"));
	}

	@Override
	public void close() {
		this.cluster.close();
	}

}
