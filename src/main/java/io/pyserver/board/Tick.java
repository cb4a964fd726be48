package io.pyserver.board;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;

/**
 * Something that happened in a lane. Written as short as it can be: a board that opens is
 * sent hundreds.
 *
 * @param at when
 * @param good whether a probe was answered as it should be, or a connection was made
 * @param count how many at that time, at least 1
 */
@JsonFormat(shape = Shape.ARRAY)
record Tick(Instant at, boolean good, int count) {
}
