package io.pyserver.lab.evidence;

import java.time.Instant;

/**
 * A probe that a pod received.
 *
 * @param at when it was answered, by the clock of the pod's node
 * @param source the address it came from
 * @param answered whether the answer was one that the kubelet takes for success
 */
public record SeenProbe(Instant at, String source, boolean answered) {
}
