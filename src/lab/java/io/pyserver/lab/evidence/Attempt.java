package io.pyserver.lab.evidence;

import java.time.Instant;

/**
 * A control, tried once.
 *
 * @param at when the attempt ended, by the lab's clock
 */
public record Attempt(Phase phase, Instant at, Reach reach) {
}
