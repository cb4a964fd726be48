package io.pyserver.lab.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Runs several tasks at the same time, and waits for all of them. */
public final class SideBySide {

	private SideBySide() {
	}

	/** Runs an action with each element of a collection. */
	public static <T> void each(Collection<T> things, Consumer<T> action) {
		all(things.stream().map((thing) -> Executors.callable(() -> action.accept(thing))).toList());
	}

	/**
	 * Runs tasks.
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
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted in the middle of an experiment", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex.getCause());
		}
	}

}
