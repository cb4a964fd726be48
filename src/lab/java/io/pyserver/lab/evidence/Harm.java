package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the kubelet held against the pod while the policies were enforced and nothing was
 * broken on purpose.
 *
 * @param restarts how often the container was started again
 * @param unhealthy the messages of {@code Unhealthy} events of the cell's kind, each as
 * often as it came; of any kind where the pod never got well again
 * @param since when the first of them was said, by the cluster's clock, or null where
 * there is none or it is not known
 */
public record Harm(int restarts, List<String> unhealthy, @Nullable Instant since) {

	public Harm {
		unhealthy = List.copyOf(unhealthy);
	}

	/** Harm of which it is not known when it began. */
	public Harm(int restarts, List<String> unhealthy) {
		this(restarts, unhealthy, null);
	}

}
