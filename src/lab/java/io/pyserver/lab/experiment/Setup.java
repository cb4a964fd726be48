package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * What the steps of one experiment share.
 *
 * @param group the namespace with its pods
 * @param cells the cells to test, all of one policy and one order
 * @param pods the pods under test
 */
record Setup(Lab lab, PodGroup group, List<Cell> cells, List<PodUnderTest> pods, ProbeRecorder recorder) {

	/** The name of the pod from which controls are tried under the same policies. */
	static final String COMPANION = "companion";

	/** The manifests of the pods, with the changes of the sabotage. */
	List<Pod> manifests() {
		Cluster cluster = this.lab.cluster();
		Pod companion = new Sleeper(this.group).companion(COMPANION, cluster.helpersNode());
		return Stream.concat(Stream.of(companion), this.pods.stream().map((pod) -> {
			Pod manifest = ShippedPod.on(cluster, this.group.namespace(), pod.name(), pod.node().name(),
					pod.mechanism(), settings());
			this.lab.sabotage().change(manifest, order());
			return manifest;
		})).toList();
	}

	LabSettings settings() {
		return this.lab.settings();
	}

	Policy policy() {
		return this.cells.getFirst().policy();
	}

	Order order() {
		return this.cells.getFirst().effectiveOrder();
	}

	boolean asksFor(Kind kind) {
		return this.cells.stream().anyMatch((cell) -> cell.kind() == kind);
	}

	/** How long kubelets may take to notice failing probes of any pod, and to act. */
	Duration noticedWithin() {
		return PodUnderTest.noticedWithin(settings().period(Mechanism.EXEC));
	}

	/** The pods with which the experiment continues. */
	List<PodUnderTest> well() {
		return this.pods.stream().filter((pod) -> pod.seen().isWell()).toList();
	}

	Controls controls() {
		return new Controls(this);
	}

	Readiness readiness() {
		return new Readiness(this.group, Limits.ALL.start(), settings().accepted());
	}

}
