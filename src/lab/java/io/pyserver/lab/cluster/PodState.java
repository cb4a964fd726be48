package io.pyserver.lab.cluster;

import java.time.Instant;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/**
 * The state of a pod's container under test since a point in time.
 *
 * @param since when the state began, by the lab's clock
 * @param ip the pod's address, or empty before it has one
 * @param restarts how often the container has restarted
 * @param lastEnd how the container before it ended, or null if there was none
 */
public record PodState(Instant since, String ip, boolean running, boolean ready, int restarts, @Nullable End lastEnd) {

	static PodState of(Pod pod, Instant since) {
		return new PodState(since, ip(pod), ContainerUnderTest.isRunning(pod), ContainerUnderTest.isReady(pod),
				ContainerUnderTest.restarts(pod),
				ContainerUnderTest.lastEnd(pod).map((end) -> End.of(end, since)).orElse(null));
	}

	private static String ip(Pod pod) {
		String ip = (pod.getStatus() != null) ? pod.getStatus().getPodIP() : null;
		return (ip != null) ? ip : "";
	}

	boolean isLike(PodState other) {
		return this.ip.equals(other.ip) && this.running == other.running && this.ready == other.ready
				&& this.restarts == other.restarts;
	}

	@Override
	public String toString() {
		return "%s %s %s, %s, restarts %d".formatted(this.since, this.ip, this.running ? "running" : "not running",
				this.ready ? "ready" : "not ready", this.restarts);
	}

	/**
	 * How a container ended.
	 *
	 * @param at when it ended, by the node's clock, in whole seconds
	 * @param reason the kubelet's reason, such as {@code OOMKilled}
	 */
	public record End(Instant at, String reason) {

		private static End of(ContainerStateTerminated ended, Instant otherwise) {
			return new End((ended.getFinishedAt() != null) ? Instant.parse(ended.getFinishedAt()) : otherwise,
					"%s, exit code %d".formatted(ended.getReason(), ended.getExitCode()));
		}

		/** Whether the kernel killed it for lack of memory. */
		public boolean isOutOfMemory() {
			return this.reason.startsWith("OOMKilled");
		}

	}

}
