package io.pyserver.board;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * A picture, and what is new in it, in JSON. Either is written once for all boards, when
 * the first one wants it.
 *
 * @param number one more than that of the moment before; the first is 1
 * @param all for who sees the board for the first time, or missed something
 * @param news for who has seen the moment before
 */
record Moment(long number, Picture picture, Supplier<String> all, Supplier<String> news) {

	static Moment of(Picture picture, @Nullable Moment before, JsonMapper json) {
		return new Moment((before != null) ? before.number + 1 : 1, picture,
				SingletonSupplier.of(() -> json.writeValueAsString(picture)), SingletonSupplier
					.of(() -> json.writeValueAsString((before != null) ? picture.since(before.picture) : picture)));
	}

}
