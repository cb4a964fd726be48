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
record PublishedSnapshot(long number, Snapshot snapshot, Supplier<String> full, Supplier<String> changes) {

	static PublishedSnapshot of(Snapshot snapshot, @Nullable PublishedSnapshot previous, JsonMapper json) {
		return new PublishedSnapshot((previous != null) ? previous.number + 1 : 1, snapshot,
				SingletonSupplier.of(() -> json.writeValueAsString(snapshot)), SingletonSupplier.of(() -> json
					.writeValueAsString((previous != null) ? snapshot.changesSince(previous.snapshot) : snapshot)));
	}

}
