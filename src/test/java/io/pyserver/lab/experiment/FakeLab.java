package io.pyserver.lab.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.cluster.Keep;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.controls.Dials;
import io.pyserver.lab.controls.Surroundings;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.shipped.ShippedPod;

/** A lab on a fake cluster, in a hurry, with the pods of one experiment. */
record FakeLab(FakeCluster cluster, Lab lab, FakePods pods) implements AutoCloseable {

	private static final LabSettings HURRIED = new LabSettings(null, null, null, 2, false, Selection.of(null),
			Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(5), 1, Keep.NEVER,
			Path.of("target/fake-lab"));

	static FakeLab start() {
		FakeCluster cluster = FakeCluster.start();
		PodGroup outside = new PodGroup(cluster, "outside");
		Lab lab = new Lab(cluster, HURRIED, ShippedPod.read(), new Surroundings(cluster, outside, List.of(), ""),
				Sabotage.NONE, "test");
		return new FakeLab(cluster, lab, cluster.pods("test"));
	}

	/** Of one connection for each pod, from its companion. */
	Scene scene(Order order, Probed... pods) {
		return scene(order, Sabotage.NONE, pods);
	}

	/** Its probes are counted from now on. */
	Scene scene(Order order, Sabotage sabotage, Probed... pods) {
		Scene scene = Scene.of(this.lab.sabotagedBy(sabotage, "test"), FakeLab::podToPod, group(), List.of(pods),
				Policy.DENY_BOTH, order);
		scene.recorder().start();
		return scene;
	}

	/** From now on, attempts from companions end as curl's with this exit code. */
	void curlEndsWith(int exitCode) {
		this.cluster.shells().put("companion", (_) -> new Output(0, "0 curl " + exitCode + " said", ""));
	}

	private static Dials podToPod(List<Target> targets, Predicate<Control> open) {
		Dials dials = new Dials(open);
		targets.forEach((target) -> dials.add(Control.POD_TO_POD, target, target.companion(), target.url()));
		return dials;
	}

	PodGroup group() {
		return this.pods.group();
	}

	/**
	 * A pod under test that is ready.
	 * @param told what it does when its operator tells it something, by the last word
	 */
	Probed probed(String name, Map<String, Runnable> told) {
		this.cluster.shells().put(name, (command) -> {
			told.getOrDefault(command.getLast(), () -> {
			}).run();
			return new Output(0, "{}", "");
		});
		this.pods.create(name);
		this.pods.become(name, true, 0);
		return new Probed(group(), name, "one", Mechanism.HTTP_GET, group().shell("companion"));
	}

	@Override
	public void close() {
		this.cluster.close();
	}

}
