package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;

/**
 * The pods of a run in all its namespaces, and each change of their states. A pod's new
 * state is recorded before the new pod becomes visible.
 */
final class PodWatch implements ResourceEventHandler<Pod>, AutoCloseable {

	private final Map<String, Map<String, Pod>> pods = new ConcurrentHashMap<>();

	private final Map<String, List<PodState>> states = new ConcurrentHashMap<>();

	private final SharedIndexInformer<Pod> informer;

	PodWatch(KubernetesClient client, String run) {
		this.informer = client.pods().inAnyNamespace().withLabel(ClusterRun.LABEL, run).inform(this);
	}

	/** The latest state of the pods of a namespace, by name. */
	Map<String, Pod> in(String namespace) {
		return Map.copyOf(this.pods.getOrDefault(namespace, Map.of()));
	}

	/** All states of a pod, also after it is gone, in the order of time. */
	List<PodState> states(String namespace, String pod) {
		return this.states.getOrDefault(Cache.namespaceKeyFunc(namespace, pod), List.of());
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
