package io.pyserver.lab.matrix;

import java.util.concurrent.Semaphore;

/** How many may do something at once; the others wait for their turn. */
final class Places {

	private final Semaphore free;

	Places(int number) {
		this.free = new Semaphore(number, true);
	}

	/** Waits for a place, which is free again when what is returned is closed. */
	Taken take() {
		try {
			this.free.acquire();
			return this.free::release;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for others to end", ex);
		}
	}

	/** One of the places. */
	@FunctionalInterface
	interface Taken extends AutoCloseable {

		@Override
		void close();

	}

}
