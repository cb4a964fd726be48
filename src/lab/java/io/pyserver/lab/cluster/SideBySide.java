package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Runs tasks in threads of their own, and waits for them. */
public final class SideBySide {

	private SideBySide() {
	}

	/** Runs an action with each element of a collection, at the same time. */
	public static <T> void each(Collection<T> things, Consumer<T> action) {
		all(things.stream().map((thing) -> Executors.callable(() -> action.accept(thing))).toList());
	}

	/**
	 * Waits for a task for a limited time. Then the task is interrupted.
	 * @param what names the task in the message
	 * @throws IllegalStateException if the task has not ended within the limit
	 * @throws RuntimeException the exception of the task if it failed
	 */
	public static <T extends @Nullable Object> T within(Duration limit, String what, Callable<T> task) {
		FutureTask<T> running = new FutureTask<>(task);
		Thread.startVirtualThread(running);
		try {
			return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			running.cancel(true);
			throw new IllegalStateException("%s took longer than %d s".formatted(what, limit.toSeconds()), ex);
		}
		catch (InterruptedException ex) {
			running.cancel(true);
			throw interrupted(ex);
		}
		catch (ExecutionException ex) {
			throw cause(ex);
		}
	}

	/**
	 * Runs tasks at the same time.
	 * @return the results in the order of the tasks
	 * @throws RuntimeException the exception of the first task that failed
	 */
	public static <T extends @Nullable Object> List<T> all(List<Callable<T>> tasks) {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<T> results = new ArrayList<>();
			for (Future<T> task : threads.invokeAll(tasks)) {
				results.add(task.get());
			}
			return results;
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		catch (ExecutionException ex) {
			throw cause(ex);
		}
	}

	private static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted in the middle of an experiment", ex);
	}

	private static RuntimeException cause(ExecutionException ex) {
		return (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
	}

}
