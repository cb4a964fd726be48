package io.pyserver.lab.evidence;

import java.time.Instant;

/**
 * A probe that a pod received, or what said it was one.
 *
 * @param at when it was answered, by the clock of the pod's node
 * @param source the address it came from
 * @param answered whether the answer was one that the kubelet takes for success
 * @param fromInsideThePod whether the source is loopback or the pod's own address
 */
public record SeenProbe(Instant at, String source, boolean answered, boolean fromInsideThePod) {

	/** One from outside the pod. */
	public SeenProbe(Instant at, String source, boolean answered) {
		this(at, source, answered, false);
	}

}
