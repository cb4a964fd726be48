package io.pyserver.lab.evidence;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A container that was started again, with nothing broken on purpose.
 *
 * @param ended when its process ended, by the node's clock
 * @param again when it was seen to run again, by the lab's clock
 * @param ready when it was ready again, by the lab's clock, or null where it was not
 * @param reason as its kubelet reports it, such as {@code OOMKilled}
 * @param byProbe whether failed probes led to it
 */
public record Restart(Instant ended, Instant again, @Nullable Instant ready, String reason, boolean byProbe) {
}
