package io.pyserver.documents;

import org.jspecify.annotations.Nullable;

/** Where a reader pastes commands; what one block sets, the next one knows. */
@FunctionalInterface
interface Terminal {

	Printed run(Block commands);

	/**
	 * What came of a block.
	 *
	 * @param text what its commands printed, on either stream
	 * @param failure the first command that failed, or null
	 */
	record Printed(String text, @Nullable Failure failure) {
	}

	/**
	 * A command that failed.
	 *
	 * @param index of its line in the block, from 0 on
	 * @param said the last line that was printed until then
	 */
	record Failure(int index, int exitCode, String said) {
	}

}
