package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Kind;

/**
 * What happened to the pod under the policies while nothing was broken on purpose.
 * Counts, restarts for failed probes, and a pod that the kubelet does not find ready
 * decide a verdict. The rest explains the verdict.
 *
 * @param restarts the restarts of its container
 * @param outOfService how long the pod was not ready under the policies, without restarts
 * @param said messages of {@code Unhealthy} events of the cell's kind, without repetition
 * @param unready the probe that fails, or null if the kubelet finds the pod ready or the
 * pod's log does not say that it listens
 */
public record Harm(List<Restart> restarts, @JsonProperty("outOfServiceMs") Duration outOfService, List<String> said,
		@Nullable Unready unready) {

	public static final Harm NONE = new Harm(List.of(), Duration.ZERO, List.of(), null);

	public Harm {
		restarts = List.copyOf(restarts);
		said = List.copyOf(said);
	}

	/**
	 * A restart of the container while nothing was broken on purpose.
	 *
	 * @param ended when its process ended, by the node's clock
	 * @param again when the lab saw it run again, by the lab's clock
	 * @param ready when it was ready again, by the lab's clock, or null if it was not
	 * @param reason as the kubelet reports it, such as {@code OOMKilled}
	 * @param byProbe whether failed probes caused it
	 */
	public record Restart(Instant ended, Instant again, @Nullable Instant ready, String reason, boolean byProbe) {
	}

	/**
	 * A pod that listens, and that the kubelet does not find ready.
	 *
	 * @param kind the kind of probe that fails
	 * @param failed how many probes failed since the pod listens; none succeeded
	 * @param since when the first of them was counted
	 * @param said what the kubelet reported, without repetition
	 */
	public record Unready(Kind kind, long failed, Instant since, List<String> said) {

		public Unready {
			said = List.copyOf(said);
		}

	}

}
