package io.pyserver.lab.cluster;

import java.util.concurrent.Semaphore;

/** Limits how many threads do something at the same time; the others wait. */
public final class ConcurrencyLimit {

	private final Semaphore free;

	/** Sets the limit, which is 1 or more. */
	public ConcurrencyLimit(int atOnce) {
		this.free = new Semaphore(atOnce, true);
	}

	/**
	 * Waits for a permit.
	 * @return the permit, which is given back when it is closed
	 */
	public Permit acquire() {
		try {
			this.free.acquire();
			return this.free::release;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for others to end", ex);
		}
	}

	/** A permit, given back when it is closed. */
	@FunctionalInterface
	public interface Permit extends AutoCloseable {

		@Override
		void close();

	}

}
