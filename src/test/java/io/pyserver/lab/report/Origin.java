package io.pyserver.lab.report;

import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Label;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.evidence.Subject;

/** Where a probe came from. */
enum Origin implements Label {

	/** An address that the pod's node holds. */
	OWN_NODE,

	/** Loopback, or the pod's own address. */
	INSIDE_THE_POD,

	/** Any other address. */
	ELSEWHERE,

	/** Nobody knows which addresses are the node's. */
	UNKNOWN;

	static Origin of(SeenProbe probe, CellEvidence evidence) {
		if (probe.fromInsideThePod()) {
			return INSIDE_THE_POD;
		}
		Subject subject = evidence.subject();
		if (subject == null) {
			return UNKNOWN;
		}
		return subject.nodeAddresses().contains(probe.source()) ? OWN_NODE : ELSEWHERE;
	}

	/** Whether the kubelet's probes cannot come from there. */
	boolean isForeignTo(Mechanism mechanism) {
		return switch (this) {
			case OWN_NODE -> !mechanism.crossesTheNetwork();
			case INSIDE_THE_POD -> mechanism.crossesTheNetwork();
			case ELSEWHERE -> true;
			case UNKNOWN -> false;
		};
	}

}
