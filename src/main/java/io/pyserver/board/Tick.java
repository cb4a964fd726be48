package io.pyserver.board;

import java.time.Instant;

/**
 * Something that happened in a lane.
 *
 * @param at when
 * @param good whether a probe was answered as it should be, or a connection was made
 * @param count how many at that time, at least 1
 */
record Tick(Instant at, boolean good, int count) {
}
