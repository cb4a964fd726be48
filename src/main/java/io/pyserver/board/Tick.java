package io.pyserver.board;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Something that happened in a lane.
 *
 * @param at when
 * @param good whether a probe was answered as it should be, or a connection was made
 * @param count how many at that time, at least 1
 */
record Tick(Instant at, boolean good, int count) {

	/** As short as it can be: a board that opens is sent hundreds. */
	@JsonValue
	long[] numbers() {
		return new long[] { this.at.toEpochMilli(), this.good ? 1 : 0, this.count };
	}

}
