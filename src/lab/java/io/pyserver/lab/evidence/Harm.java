package io.pyserver.lab.evidence;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What happened to the pod under the policies with nothing broken on purpose. It explains
 * a verdict; the counts decide it, or that the pod is not found ready.
 *
 * @param restarts of its container
 * @param outOfService for how long it was not ready under the policies, without a restart
 * @param said messages of {@code Unhealthy} events of the cell's kind, each once
 * @param unready null where its kubelet finds it ready, or its log does not say that it
 * takes requests
 */
public record Harm(List<Restart> restarts, Duration outOfService, List<String> said, @Nullable Unready unready) {

	/** Nothing happened. */
	public static final Harm NONE = new Harm(List.of(), Duration.ZERO, List.of(), null);

	public Harm {
		restarts = List.copyOf(restarts);
		said = List.copyOf(said);
	}

}
