package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Harm.Restart;

/**
 * What the steps of an experiment have in common.
 *
 * @param cells what is asked, of one policy and one order
 * @param pods those that are asked about, and what was seen of them
 */
record Setup(Lab lab, PodGroup group, List<Cell> cells, List<PodUnderTest> pods, Controls controls,
		ProbeRecorder recorder) {

	LabSettings settings() {
		return this.lab.settings();
	}

	/** Those of which nothing was seen yet that makes more of it pointless. */
	List<PodUnderTest> well() {
		return this.pods.stream().filter((pod) -> pod.seen().isWell()).toList();
	}

	/** Policies are there before the pods, or there are none at all. */
	boolean startsUnderPolicies() {
		return this.controls.order() == Order.POLICY_FIRST || this.controls.policy() == Policy.NONE;
	}

	/**
	 * With each cell on every node, one that takes no pod holds up no other; with each on
	 * one node, a pod that is scheduled late still counts.
	 */
	Readiness readiness() {
		return new Readiness(this.group, Limits.ALL.start(),
				settings().everyNode() ? Limits.ALL.accepted() : settings().ready());
	}

	/** How long its kubelet may take to notice what was broken of a pod, and to act. */
	Duration noticedWithin(Mechanism mechanism) {
		return Limits.ALL.restarted().plus(settings().period(mechanism).multipliedBy(Readiness.FAILURES));
	}

	/** Those of a pod's container that may be the policies' doing. */
	List<Restart> restarts(PodUnderTest pod) {
		Instant applied = (this.controls.order() == Order.POD_FIRST) ? pod.seen().at(What.POLICY_APPLIED) : null;
		return new ContainerHistory(pod.states()).restarts((applied != null) ? applied : Instant.EPOCH,
				pod.probes().counts(Kind.LIVENESS), noticedWithin(pod.mechanism()));
	}

}
