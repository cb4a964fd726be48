package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
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
public record Harm(List<Restart> restarts, @JsonProperty("outOfServiceMs") Duration outOfService, List<String> said,
		@Nullable Unready unready) {

	/** Nothing happened. */
	public static final Harm NONE = new Harm(List.of(), Duration.ZERO, List.of(), null);

	public Harm {
		restarts = List.copyOf(restarts);
		said = List.copyOf(said);
	}

	/**
	 * A container that was started again, with nothing broken on purpose.
	 *
	 * @param ended when its process ended, by the node's clock
	 * @param again when it was seen to run again, by the lab's clock
	 * @param ready when it was ready again, by the lab's clock, or null where it was not
	 * @param reason as its kubelet reports it, such as {@code OOMKilled}
	 * @param byProbe whether failed probes led to it
	 */
	public record Restart(Instant ended, Instant again, @Nullable Instant ready, String reason, boolean byProbe) {
	}

	/**
	 * A pod that takes requests, and that its kubelet does not find ready.
	 *
	 * @param kind which of its probes fails
	 * @param failed how many failed since its log says that it takes requests, with none
	 * that succeeded
	 * @param since when the first of them was counted
	 * @param said what the kubelet said of it, each message once
	 */
	public record Unready(Kind kind, long failed, Instant since, List<String> said) {

		public Unready {
			said = List.copyOf(said);
		}

	}

}
