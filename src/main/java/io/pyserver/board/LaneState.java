package io.pyserver.board;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What is to be said of a lane at a moment.
 *
 * @param sort which of a few it is: who listens is told when this changes
 * @param word for a person, as in {@code silent for 14 s}
 */
record LaneState(Sort sort, String word) {

	static LaneState noneSeen() {
		return new LaneState(Sort.NONE, "none seen");
	}

	static LaneState arriving() {
		return new LaneState(Sort.ARRIVING, "arriving");
	}

	static LaneState failingSince(Instant first) {
		return new LaneState(Sort.FAILING, "failing since " + Words.clock(first));
	}

	static LaneState silentFor(Duration quiet) {
		return new LaneState(Sort.SILENT, "silent for " + quiet.toSeconds() + " s");
	}

	static LaneState open() {
		return new LaneState(Sort.OPEN, "open");
	}

	static LaneState blockedSince(Instant first) {
		return new LaneState(Sort.BLOCKED, "blocked since " + Words.clock(first));
	}

	/** Told by a sign and a word, and only then by a colour. */
	enum Sort {

		NONE, ARRIVING, FAILING, SILENT, OPEN, BLOCKED;

		/** The name in the events and in the style sheet. */
		String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
