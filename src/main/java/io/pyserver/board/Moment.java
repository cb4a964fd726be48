package io.pyserver.board;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A picture, and what is new in it. Either is written once for all boards, in each form
 * that one has asked for.
 *
 * @param number one more than that of the moment before; the first is 1
 * @param before the picture of the moment before, or null where there was none
 * @param picture all of it
 * @param all it as written
 * @param news what is new in it, as written
 */
record Moment(long number, @Nullable Picture before, Picture picture, Map<Form, byte[]> all, Map<Form, byte[]> news) {

	static Moment first(Picture picture) {
		return new Moment(1, null, picture);
	}

	private Moment(long number, @Nullable Picture before, Picture picture) {
		this(number, before, picture, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
	}

	Moment next(Picture now) {
		return new Moment(this.number + 1, this.picture, now);
	}

	/**
	 * What a board is sent.
	 * @param seen the number of the moment that it was sent last, or 0
	 */
	byte[] after(long seen, Form form) {
		Picture earlier = this.before;
		return (earlier != null && seen == this.number - 1)
				? this.news.computeIfAbsent(form, (each) -> each.news(earlier, this.picture))
				: this.all.computeIfAbsent(form, (each) -> each.all(this.picture));
	}

}
