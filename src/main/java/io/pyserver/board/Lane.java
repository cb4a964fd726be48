package io.pyserver.board;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * One line of the board: calls or connection attempts of the last minutes.
 *
 * @param id a unique name, such as {@code liveness} or {@code egress-10.43.0.1:443}
 * @param since when a failing, silent or blocked state began, otherwise null
 * @param source the last caller or the target, or null before the first call
 * @param ticks in chronological order
 */
record Lane(String id, LaneState state, @Nullable Instant since, @Nullable String source, Rhythm rhythm,
		List<Tick> ticks) {

	Lane {
		ticks = List.copyOf(ticks);
	}

	/** Creates a lane of probes or other calls. */
	static Lane arrivals(String id, @Nullable String source, List<Tick> ticks, Instant now) {
		Rhythm rhythm = Rhythm.of(ticks, now);
		if (ticks.isEmpty()) {
			return new Lane(id, LaneState.NONE, null, source, rhythm, ticks);
		}
		if (rhythm.isSilent(now)) {
			return new Lane(id, LaneState.SILENT, rhythm.last(), source, rhythm, ticks);
		}
		return ticks.getLast().good() ? new Lane(id, LaneState.ARRIVING, null, source, rhythm, ticks)
				: new Lane(id, LaneState.FAILING, startOfFailures(ticks), source, rhythm, ticks);
	}

	private static Instant startOfFailures(List<Tick> ticks) {
		int first = ticks.size() - 1;
		while (first > 0 && !ticks.get(first - 1).good()) {
			first--;
		}
		return ticks.get(first).at();
	}

	/** Returns this lane with some of its ticks, in the same state. */
	Lane withTicks(Predicate<Tick> wanted) {
		return new Lane(this.id, this.state, this.since, this.source, this.rhythm,
				this.ticks.stream().filter(wanted).toList());
	}

	/** Returns this lane with the ticks that an earlier version does not have. */
	Lane changesSince(@Nullable Lane before) {
		Set<Tick> known = (before != null) ? Set.copyOf(before.ticks) : Set.of();
		return withTicks((tick) -> !known.contains(tick));
	}

}
