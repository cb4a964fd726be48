package io.pyserver.board;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * A snapshot and its changes as JSON. Each text is created on first use, for all boards.
 *
 * @param number 1 for the first snapshot, then one more for each
 * @param full the snapshot, for a board that has not received the previous one
 * @param changes the changes since the previous snapshot
 */
record Moment(long number, Picture picture, Supplier<String> all, Supplier<String> news) {

	static Moment of(Picture picture, @Nullable Moment before, JsonMapper json) {
		return new Moment((before != null) ? before.number + 1 : 1, picture,
				SingletonSupplier.of(() -> json.writeValueAsString(picture)), SingletonSupplier
					.of(() -> json.writeValueAsString((before != null) ? picture.since(before.picture) : picture)));
	}

}
