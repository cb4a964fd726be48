package io.pyserver.board;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.pyserver.board.Egress.Outcome;

/** Records the attempts to connect to one target. */
final class EgressLane {

	private final EgressTarget target;

	private final Deque<Tick> ticks = new ArrayDeque<>();

	private @Nullable Instant blockedSince;

	private @Nullable Outcome latest;

	EgressLane(EgressTarget target) {
		this.target = target;
	}

	EgressTarget target() {
		return this.target;
	}

	void record(Outcome outcome, Instant started) {
		boolean connected = outcome == Outcome.CONNECTED;
		if (connected) {
			this.blockedSince = null;
		}
		else if (this.blockedSince == null) {
			this.blockedSince = started;
		}
		this.latest = outcome;
		this.ticks.add(new Tick(started, connected, 1));
		while (this.ticks.getFirst().at().isBefore(started.minus(Snapshot.MAX_AGE))) {
			this.ticks.removeFirst();
		}
	}

	Lane at(Instant now) {
		List<Tick> tried = List.copyOf(this.ticks);
		LaneState state = (this.latest == null) ? LaneState.NONE
				: (this.blockedSince != null) ? LaneState.BLOCKED : LaneState.OPEN;
		return new Lane(this.target.id(), state, this.blockedSince,
				this.target.text() + ((this.latest != null) ? ", " + this.latest.words() : ""), Rhythm.of(tried, now),
				tried);
	}

}
