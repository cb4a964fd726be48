package io.pyserver.lab.cluster;

import java.util.concurrent.Semaphore;

/** How many may do something at once; the others wait for their turn. */
public final class Turns {

	private final Semaphore free;

	/** As many at once, 1 or more. */
	public Turns(int atOnce) {
		this.free = new Semaphore(atOnce, true);
	}

	/** Waits for a turn, which ends when it is closed. */
	public Turn take() {
		try {
			this.free.acquire();
			return this.free::release;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for others to end", ex);
		}
	}

	/** Somebody's turn. */
	@FunctionalInterface
	public interface Turn extends AutoCloseable {

		@Override
		void close();

	}

}
