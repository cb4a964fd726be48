package io.pyserver.lab.experiment;

import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;

/**
 * A pod whose probes are asked about: where it is, and how to get into it. What was seen
 * of it is its {@link Course}.
 *
 * @param mechanism that of all its probes
 * @param companion inside another pod of the group, which tries to reach this one
 */
record Probed(PodGroup group, String name, String node, Mechanism mechanism, Shell companion) {

	Target target() {
		return new Target(this.node, ip(), shell(), this.companion);
	}

	/** Its address, also after it is gone; empty before it has one. */
	String ip() {
		return this.group.states(this.name)
			.stream()
			.map(PodState::ip)
			.filter((ip) -> !ip.isEmpty())
			.reduce("", (_, latest) -> latest);
	}

	Shell shell() {
		return this.group.shell(this.name);
	}

	Operator operator() {
		return new Operator(shell());
	}

	/** Makes what a probe asks for fail, or work again. */
	void turn(Kind kind, String state) {
		operator().set(kind, "{\"state\":\"" + state + "\"}")
			.orThrow("Setting " + kind.label() + " of " + this.name + " to " + state);
	}

}
