package io.pyserver.lab.cluster;

import java.time.Instant;

import io.fabric8.kubernetes.api.model.Pod;

/**
 * What the container under test of a pod was from a moment on.
 *
 * @param since by the lab's clock
 * @param ip the pod's address, empty before it has one
 * @param restarts how often it was started again
 */
public record PodState(Instant since, String ip, boolean running, boolean ready, int restarts) {

	static PodState of(Pod pod, Instant since) {
		return new PodState(since, ip(pod), UnderTest.isRunning(pod), UnderTest.isReady(pod), UnderTest.restarts(pod));
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

}
