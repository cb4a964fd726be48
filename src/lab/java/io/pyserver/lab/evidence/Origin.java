package io.pyserver.lab.evidence;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * Where a probe came from. This is the one place that says whose address is the node's.
 */
public enum Origin implements Label {

	/** An address that the pod's node holds, or a link-local one. */
	OWN_NODE,
	/** Loopback, or the pod's own address. */
	INSIDE_THE_POD,
	/** Any other address. */
	ELSEWHERE,
	/** Nobody knows which addresses are the node's. */
	UNKNOWN;

	/**
	 * What probes of GKE's Dataplane V2 may come from; no interface of the node has it
	 * (cilium#17839).
	 */
	private static final String LINK_LOCAL = "169.254.";

	private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1");

	/**
	 * Where a probe came from.
	 * @param held the addresses that interfaces of the pod's node hold, or null where
	 * nobody knows
	 */
	public static Origin of(SeenProbe probe, @Nullable Set<String> held) {
		if (probe.fromInsideThePod() || LOOPBACK.contains(probe.source())) {
			return INSIDE_THE_POD;
		}
		if (held == null) {
			return UNKNOWN;
		}
		return (held.contains(probe.source()) || probe.source().startsWith(LINK_LOCAL)) ? OWN_NODE : ELSEWHERE;
	}

	/** Whether the kubelet's probes cannot come from there. */
	public boolean isForeignTo(Mechanism mechanism) {
		return switch (this) {
			case OWN_NODE -> !mechanism.crossesTheNetwork();
			case INSIDE_THE_POD -> mechanism.crossesTheNetwork();
			case ELSEWHERE -> true;
			case UNKNOWN -> false;
		};
	}

}
