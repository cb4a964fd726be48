package io.pyserver.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.pyserver.lab.cluster.Access;

/**
 * Asks regularly whether the API server answers. Without this watch, each request of a
 * run would wait for an API server that is gone.
 */
final class ApiServerWatch implements AutoCloseable {

	private final ScheduledExecutorService timer = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

	private final Access access;

	private Instant answered = Instant.now();

	private ApiServerWatch(Access access) {
		this.access = access;
	}

	/**
	 * Starts to ask, a period after now: the API server has just answered.
	 * @param period the time from an answer to the next question
	 * @param limit how long the API server may fail to answer
	 * @param gone called once, with the reason, when it has not answered for that long
	 */
	static ApiServerWatch start(Access access, Duration period, Duration limit, Consumer<String> gone) {
		ApiServerWatch watch = new ApiServerWatch(access);
		watch.timer.scheduleWithFixedDelay(() -> watch.ask(limit, gone), period.toMillis(), period.toMillis(),
				TimeUnit.MILLISECONDS);
		return watch;
	}

	private void ask(Duration limit, Consumer<String> gone) {
		if (this.access.unanswered().isEmpty()) {
			this.answered = Instant.now();
		}
		else if (Instant.now().isAfter(this.answered.plus(limit)) && !this.timer.isShutdown()) {
			this.timer.shutdown();
			gone.accept(this.access.gone(limit));
		}
	}

	/** A question that is on its way has no effect any more. */
	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
