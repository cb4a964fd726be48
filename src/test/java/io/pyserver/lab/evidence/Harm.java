package io.pyserver.lab.evidence;

import java.util.List;

/**
 * What the kubelet held against the pod while the policies were enforced and nothing was
 * broken on purpose.
 *
 * @param restarts how often the container was started again
 * @param unhealthy the messages of {@code Unhealthy} events of the cell's kind
 */
public record Harm(int restarts, List<String> unhealthy) {

	public Harm {
		unhealthy = List.copyOf(unhealthy);
	}

}
