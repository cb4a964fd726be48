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
 * @param since when the state began, or null where that is of no interest
 * @param source where the last one came from, or null where nothing did
 * @param ticks in the order of time
 */
record Lane(String id, LaneState state, @Nullable Instant since, @Nullable String source, Rhythm rhythm,
		List<Tick> ticks) {

	Lane {
		ticks = List.copyOf(ticks);
	}

	/** Of what comes: probes, and other calls. */
	static Lane arrivals(String id, @Nullable String source, List<Tick> ticks, Instant now) {
		Rhythm rhythm = Rhythm.of(ticks, now);
		if (ticks.isEmpty()) {
			return new Lane(id, LaneState.NONE, null, source, rhythm, ticks);
		}
		if (rhythm.isSilent(now)) {
			return new Lane(id, LaneState.SILENT, rhythm.last(), source, rhythm, ticks);
		}
		return ticks.getLast().good() ? new Lane(id, LaneState.ARRIVING, null, source, rhythm, ticks)
				: new Lane(id, LaneState.FAILING, firstOfTheLastBad(ticks), source, rhythm, ticks);
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
		return new Lane(this.id, this.state, this.since, this.source, this.rhythm,
				this.ticks.stream().filter(wanted).toList());
	}

	/** The same with those ticks alone that it had not before. */
	Lane since(@Nullable Lane before) {
		Set<Tick> known = (before != null) ? Set.copyOf(before.ticks) : Set.of();
		return only((tick) -> !known.contains(tick));
	}

}
