package io.pyserver.lab.experiment;

import java.time.Duration;

import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.controls.Connections;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;

/**
 * What the steps of an experiment have in common.
 *
 * @param connections what can be tried
 * @param group where its pods are
 * @param logs what was read of theirs
 */
record Scene(Lab lab, Connections connections, PodGroup group, LogBook logs, Policy policy, Order order) {

	Scene(Lab lab, PodGroup group, Policy policy, Order order) {
		this(lab, lab.surroundings(), group, new LogBook(group), policy, order);
	}

	LabSettings settings() {
		return this.lab.settings();
	}

	/** None of which was made yet. */
	Rounds rounds() {
		return new Rounds(this.connections, settings().settle(), this.policy, this.order);
	}

	Readiness readiness(Duration limit) {
		return new Readiness(this.group, this.logs, limit, Limits.ALL.start(), settings()::period);
	}

}
