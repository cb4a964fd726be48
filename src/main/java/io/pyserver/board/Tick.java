package io.pyserver.board;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;

/**
 * A call or a connection attempt. It is a short JSON array, because a board receives
 * hundreds of them when it opens.
 *
 * @param at the time
 * @param good whether the probe succeeded or the connection was opened
 * @param count how many at that time, at least 1
 */
@JsonFormat(shape = Shape.ARRAY)
record Tick(Instant at, boolean good, int count) {
}
