package io.pyserver.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.fabric8.kubernetes.client.KubernetesClient;

import io.pyserver.lab.cluster.Access;

/**
 * Asks every five seconds whether the API server answers. Without this watch, each
 * request of a run would wait for an API server that is gone.
 */
final class ApiServerWatch implements AutoCloseable {

	private static final Duration PERIOD = Duration.ofSeconds(5);

	private final KubernetesClient client;

	private final ScheduledExecutorService timer = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

	private Instant answered = Instant.now();

	private ApiServerWatch(KubernetesClient client) {
		this.client = client;
	}

	/**
	 * Starts to ask.
	 * @param limit how long the API server may fail to answer
	 * @param gone called once, with the reason, when it has not answered for that long
	 */
	static ApiServerWatch start(Access access, Duration limit, Consumer<String> gone) {
		ApiServerWatch watch = new ApiServerWatch(access.impatientClient());
		watch.timer.scheduleWithFixedDelay(() -> watch.ask(access, limit, gone), 0, PERIOD.toMillis(),
				TimeUnit.MILLISECONDS);
		return watch;
	}

	private void ask(Access access, Duration limit, Consumer<String> gone) {
		if (Access.unanswered(this.client).isEmpty()) {
			this.answered = Instant.now();
		}
		else if (Instant.now().isAfter(this.answered.plus(limit))) {
			this.timer.shutdown();
			gone.accept(access.gone(limit));
		}
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.client.close();
	}

}
