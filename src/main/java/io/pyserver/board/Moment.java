package io.pyserver.board;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A picture, and what is new in it.
 *
 * @param number one more than that of the moment before; the first is 1
 * @param before the picture of the moment before, or null where there was none
 * @param picture all of it
 * @param written what is new, in each form that a board has asked for
 */
record Moment(long number, @Nullable Picture before, Picture picture, Map<Form, byte[]> written) {

	static Moment first(Picture picture) {
		return new Moment(1, null, picture, Map.of());
	}

	Moment next(Picture now) {
		return new Moment(this.number + 1, this.picture, now, new ConcurrentHashMap<>());
	}

	/** Written once, for all boards; null where all is. */
	byte @Nullable [] news(Form form) {
		Picture earlier = this.before;
		return (earlier != null) ? this.written.computeIfAbsent(form, (each) -> each.news(earlier, this.picture))
				: null;
	}

}
