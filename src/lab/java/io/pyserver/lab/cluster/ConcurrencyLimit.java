package io.pyserver.lab.cluster;

import java.util.concurrent.Semaphore;

/** Limits how many may do something at the same time; the others wait. */
public final class ConcurrencyLimit {

	private final Semaphore free;

	/**
	 * Sets the limit.
	 * @param atOnce 1 or more
	 */
	public ConcurrencyLimit(int atOnce) {
		this.free = new Semaphore(atOnce, true);
	}

	/**
	 * Waits until one is free.
	 * @return what gives it back when it is closed
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

	/** A permit to do it now. */
	@FunctionalInterface
	public interface Permit extends AutoCloseable {

		@Override
		void close();

	}

}
