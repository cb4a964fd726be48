package io.pyserver.lab.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/** What kubelets say of the pods of a run, by one watch for each namespace. */
final class EventWatch implements AutoCloseable {

	private final KubernetesClient client;

	private final Map<String, SharedIndexInformer<Event>> informers = new ConcurrentHashMap<>();

	EventWatch(KubernetesClient client) {
		this.client = client;
	}

	/** All that was said so far of the pods of a namespace. */
	KubeletEvents in(String namespace) {
		return KubeletEvents.of(this.informers
			.computeIfAbsent(namespace, (name) -> this.client.v1().events().inNamespace(name).inform())
			.getStore()
			.list());
	}

	/** Hears no more of a namespace. */
	void forget(String namespace) {
		SharedIndexInformer<Event> informer = this.informers.remove(namespace);
		if (informer != null) {
			informer.close();
		}
	}

	@Override
	public void close() {
		this.informers.values().forEach(SharedIndexInformer::close);
	}

}
