package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * Waits for a condition. A condition that does not hold is no error, and neither is an
 * exception in another thread.
 */
public final class Condition {

	private Condition() {
	}

	/** Whether the condition holds within the limit. */
	public static boolean holdsWithin(Duration limit, Callable<Boolean> condition) {
		return holdsWithin(limit, Duration.ZERO, condition);
	}

	/**
	 * Whether the condition holds within the limit.
	 * @param notBefore how long to wait before it is checked for the first time
	 */
	public static boolean holdsWithin(Duration limit, Duration notBefore, Callable<Boolean> condition) {
		try {
			await().atMost(limit)
				.pollDelay(notBefore)
				.pollInterval(Duration.ofMillis(500))
				.dontCatchUncaughtExceptions()
				.ignoreExceptionsMatching(
						(ex) -> ex instanceof IllegalStateException || ex instanceof KubernetesClientException)
				.until(condition, Predicate.isEqual(true));
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

}
