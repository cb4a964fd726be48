package io.pyserver.board;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What is to be said of a lane at a moment: by a sign and a word, and only then by a
 * colour.
 */
enum LaneState {

	NONE, ARRIVING, FAILING, SILENT, OPEN, BLOCKED;

	/** The name in the events and in the style sheet. */
	@JsonValue
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
