package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.controls.Connections;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Harm.Restart;

/**
 * What the steps of an experiment have in common.
 *
 * @param connections what can be tried
 * @param group where its pods are
 * @param addresses those of their nodes
 * @param logs what was read of theirs
 * @param recorder counts their probes
 */
record Scene(Lab lab, Connections connections, PodGroup group, NodeAddresses addresses, LogBook logs,
		ProbeRecorder recorder, Policy policy, Order order) {

	/** As many failures as the shipped probes have for a threshold. */
	static final int FAILURES = 3;

	static Scene of(Lab lab, Connections connections, PodGroup group, Collection<Probed> pods, Policy policy,
			Order order) {
		NodeAddresses addresses = new NodeAddresses(lab);
		LogBook logs = new LogBook(group, addresses);
		return new Scene(lab, connections, group, addresses, logs, new ProbeRecorder(group, logs, pods), policy, order);
	}

	LabSettings settings() {
		return this.lab.settings();
	}

	/** None of which was made yet. */
	Rounds rounds() {
		return new Rounds(this.connections, settings().settle(), this.policy, this.order);
	}

	Readiness readiness(Duration limit) {
		return new Readiness(this.group, this.recorder, limit, Limits.ALL.start());
	}

	/** Those of a pod's container since a moment. */
	List<Restart> restarts(Probed pod, Instant since) {
		return Restarts.of(pod, this.recorder, since, restartedWithin(pod.mechanism()));
	}

	/** How long its kubelet may take to notice what was broken of a pod, and to act. */
	Duration restartedWithin(Mechanism mechanism) {
		return Limits.ALL.restarted().plus(settings().period(mechanism).multipliedBy(FAILURES));
	}

}
