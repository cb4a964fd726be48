package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;

/**
 * The pods of a run in all its namespaces, by one watch for everybody, and each change of
 * theirs.
 */
final class PodWatch implements ResourceEventHandler<Pod>, AutoCloseable {

	private final Map<String, List<PodState>> states = new ConcurrentHashMap<>();

	private final SharedIndexInformer<Pod> informer;

	/** Begins to watch. */
	PodWatch(KubernetesClient client, RunNamespaces namespaces) {
		this.informer = client.pods().inAnyNamespace().withLabel(RunNamespaces.LABEL, namespaces.run()).inform(this);
	}

	/** By name, as they are by the last that the API server said. */
	Map<String, Pod> in(String namespace) {
		return this.informer.getIndexer()
			.byIndex(Cache.NAMESPACE_INDEX, namespace)
			.stream()
			.collect(Collectors.toMap((pod) -> pod.getMetadata().getName(), (pod) -> pod));
	}

	/** All that a pod has been, also after it is gone, in the order of time. */
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
	}

	@Override
	public void onUpdate(Pod before, Pod pod) {
		onAdd(pod);
	}

	@Override
	public void onDelete(Pod pod, boolean unseen) {
	}

	@Override
	public void close() {
		this.informer.close();
	}

}
