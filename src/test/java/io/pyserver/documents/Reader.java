package io.pyserver.documents;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Pastes the commands of pages in their order, and compares. What is not right yet is
 * pasted again, as the lesson tells its reader to: an engine enforces a policy a moment
 * after it was applied.
 *
 * @param attempts how often a block is tried
 * @param pause between them
 */
record Reader(Terminal terminal, int attempts, Duration pause) {

	/**
	 * Follows the pages to the first thing that is not as they say.
	 * @return it, in one line with page and line, or nothing if all is
	 */
	Optional<String> follow(List<Document> documents) {
		return documents.stream().map(this::follow).flatMap(Optional::stream).findFirst();
	}

	private Optional<String> follow(Document document) {
		List<Block> blocks = document.blocks();
		for (int i = 0; i < blocks.size(); i++) {
			Block commands = blocks.get(i);
			if (commands.isRun()) {
				boolean shown = i + 1 < blocks.size() && blocks.get(i + 1).isShown();
				String difference = patiently(commands, shown ? blocks.get(i + 1) : null);
				if (difference != null) {
					return Optional.of(difference);
				}
			}
		}
		return Optional.empty();
	}

	private @Nullable String patiently(Block commands, @Nullable Block shown) {
		for (int attempt = 1;; attempt++) {
			String difference = once(commands, shown);
			if (difference == null || attempt == this.attempts) {
				return difference;
			}
			waitForTheEngine();
		}
	}

	private @Nullable String once(Block commands, @Nullable Block shown) {
		Terminal.Printed printed = this.terminal.run(commands);
		Terminal.Failure failure = printed.failure();
		if (failure != null) {
			return "%s: \"%s\" ended with %d: %s".formatted(commands.at(failure.index()),
					commands.lines().get(failure.index()), failure.exitCode(), failure.said());
		}
		return (shown != null) ? new Shown(shown).difference(printed.text()) : null;
	}

	private void waitForTheEngine() {
		try {
			Thread.sleep(this.pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while reading", ex);
		}
	}

}
