package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
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
				ContainerUnderTest.status(pod)
					.map(ContainerStatus::getLastState)
					.map(ContainerState::getTerminated)
					.map((end) -> End.of(end, since))
					.orElse(null));
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

	/**
	 * The pods of a run in all its namespaces, and each change of their states. A pod's
	 * new state is recorded before the new pod becomes visible.
	 */
	static final class Watch implements ResourceEventHandler<Pod>, AutoCloseable {

		private final Map<String, Map<String, Pod>> pods = new ConcurrentHashMap<>();

		private final Map<String, List<PodState>> states = new ConcurrentHashMap<>();

		private final SharedIndexInformer<Pod> informer;

		Watch(KubernetesClient client, String run) {
			this.informer = client.pods().inAnyNamespace().withLabel(ClusterRun.LABEL, run).inform(this);
		}

		/** The latest state of the pods of a namespace, by name. */
		Map<String, Pod> in(String namespace) {
			return Map.copyOf(this.pods.getOrDefault(namespace, Map.of()));
		}

		/** All states of a pod, also after it is gone, in the order of time. */
		List<PodState> states(String namespace, String pod) {
			return List.copyOf(this.states.getOrDefault(Cache.namespaceKeyFunc(namespace, pod), List.of()));
		}

		@Override
		public void onAdd(Pod pod) {
			PodState state = PodState.of(pod, Instant.now());
			List<PodState> states = this.states.computeIfAbsent(Cache.metaNamespaceKeyFunc(pod),
					(_) -> new CopyOnWriteArrayList<>());
			if (states.isEmpty() || !states.getLast().isLike(state)) {
				states.add(state);
			}
			in(pod).put(pod.getMetadata().getName(), pod);
		}

		@Override
		public void onUpdate(Pod before, Pod pod) {
			onAdd(pod);
		}

		@Override
		public void onDelete(Pod pod, boolean unseen) {
			in(pod).remove(pod.getMetadata().getName());
		}

		private Map<String, Pod> in(Pod pod) {
			return this.pods.computeIfAbsent(pod.getMetadata().getNamespace(), (_) -> new ConcurrentHashMap<>());
		}

		@Override
		public void close() {
			this.informer.close();
		}

	}

}
