package io.pyserver.board;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** The state of a lane. The page shows it as a sign, a word and a colour. */
enum LaneState {

	NONE, ARRIVING, FAILING, SILENT, OPEN, BLOCKED;

	/** The name in the events and the style sheet. */
	@JsonValue
	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
