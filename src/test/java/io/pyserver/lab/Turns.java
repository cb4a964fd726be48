package io.pyserver.lab;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Keeps what makes many pods busy at once to two at a time: on a small machine the
 * others' probes would be late for no fault of the network's.
 */
final class Turns {

	private static final Semaphore PLACES = new Semaphore(2, true);

	private Turns() {
	}

	static <T> T take(Callable<T> task) {
		PLACES.acquireUninterruptibly();
		try {
			return task.call();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			PLACES.release();
		}
	}

}
