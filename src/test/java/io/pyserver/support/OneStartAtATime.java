package io.pyserver.support;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets one class at a time start the service, or its web server, in this JVM, and end it:
 * with each start Spring Boot sets up the logging of the JVM. A class has its turn until
 * its last test has ended.
 */
public class OneStartAtATime implements BeforeAllCallback, AfterAllCallback {

	private static final Semaphore TURN = new Semaphore(1, true);

	private static final Set<Class<?>> HOLDERS = ConcurrentHashMap.newKeySet();

	@Override
	public final void beforeAll(ExtensionContext context) throws InterruptedException {
		ForkJoinPool.managedBlock(new Turn());
		HOLDERS.add(context.getRequiredTestClass());
	}

	@Override
	public final void afterAll(ExtensionContext context) {
		if (HOLDERS.remove(context.getRequiredTestClass())) {
			TURN.release();
		}
	}

	/** While a class waits, JUnit's pool runs another one on a further thread. */
	private static final class Turn implements ForkJoinPool.ManagedBlocker {

		private boolean taken;

		@Override
		public boolean block() throws InterruptedException {
			if (!this.taken) {
				TURN.acquire();
				this.taken = true;
			}
			return true;
		}

		@Override
		public boolean isReleasable() {
			if (!this.taken) {
				this.taken = TURN.tryAcquire();
			}
			return this.taken;
		}

	}

	/** Ends the turn before the first test, because Spring keeps the started service. */
	public static final class UntilFirstTest extends OneStartAtATime implements BeforeEachCallback {

		@Override
		public void beforeEach(ExtensionContext context) {
			afterAll(context);
		}

	}

}
