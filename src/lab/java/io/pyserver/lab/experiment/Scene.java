package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.controls.Connections;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.Restart;

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

	/** How often a pod's container was started again so far. */
	List<Restart> restarts(Probed pod) {
		return Restarts.of(pod, this.recorder);
	}

}
