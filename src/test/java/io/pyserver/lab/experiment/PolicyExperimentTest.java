package io.pyserver.lab.experiment;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Selection;

import static org.assertj.core.api.Assertions.assertThat;

/** Where an experiment puts the pod that tries the controls. */
class PolicyExperimentTest {

	@AutoClose
	private final FakeCluster api = FakeCluster.start();

	@Test
	void theCompanionIsOnANodeThatTakesPods() {
		FakeCluster cluster = this.api
			.with(List.of(new Node("one", null), new Node("other", (_) -> new Output(0, "", ""))));
		Lab lab = FakeLab.on(cluster, false).sabotagedBy(new Sabotage() {
		}, "test");
		List<Cell> cells = Selection.of("deny-both/httpGet/liveness/pod-first").cells();
		FakePods pods = cluster.pods(cluster.namespaces().name("test-deny-both-pod-first"));
		Map<String, Pod> applied = pods.accept("companion");

		new PolicyExperiment(lab, lab.plans(cells).getFirst(), new Progress(1, 1))
			.run(new ConcurrencyLimit(1).acquire());

		assertThat(applied.get("companion"))
			.isEqualTo(new Sleeper(cluster, pods.group().namespace()).companion("companion", "other"));
	}

}
