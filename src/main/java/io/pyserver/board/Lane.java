package io.pyserver.board;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * One line of the board: what came, or went, over the last minutes.
 *
 * @param id a name that no other lane has, such as {@code liveness} or
 * {@code egress-10.43.0.1:443}
 * @param title what a person reads
 * @param source where the last one came from, or null where nothing did
 * @param ticks in the order of time
 */
record Lane(String id, String title, LaneState state, @Nullable String source, Rhythm rhythm, List<Tick> ticks) {

	Lane {
		ticks = List.copyOf(ticks);
	}

	/** Of what comes: probes, and other calls. */
	static Lane arrivals(String id, String title, @Nullable String source, List<Tick> ticks, Instant now) {
		Rhythm rhythm = Rhythm.of(ticks, now);
		return new Lane(id, title, arrivals(rhythm, ticks, now), source, rhythm, ticks);
	}

	private static LaneState arrivals(Rhythm rhythm, List<Tick> ticks, Instant now) {
		if (ticks.isEmpty()) {
			return LaneState.noneSeen();
		}
		if (rhythm.isSilent(now)) {
			return LaneState.silentFor(rhythm.quiet(now));
		}
		return ticks.getLast().good() ? LaneState.arriving() : LaneState.failingSince(firstOfTheLastBad(ticks));
	}

	private static Instant firstOfTheLastBad(List<Tick> ticks) {
		int first = ticks.size() - 1;
		while (first > 0 && !ticks.get(first - 1).good()) {
			first--;
		}
		return ticks.get(first).at();
	}

	/** The same with fewer ticks; what is said of it stays. */
	Lane only(Predicate<Tick> wanted) {
		return new Lane(this.id, this.title, this.state, this.source, this.rhythm,
				this.ticks.stream().filter(wanted).toList());
	}

	/** The same with those ticks alone that it had not before. */
	Lane since(@Nullable Lane before) {
		Set<Tick> known = (before != null) ? Set.copyOf(before.ticks) : Set.of();
		return only((tick) -> !known.contains(tick));
	}

}
