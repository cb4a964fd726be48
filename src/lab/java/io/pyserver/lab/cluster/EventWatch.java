package io.pyserver.lab.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jspecify.annotations.Nullable;

/**
 * What kubelets say of the pods of a run, by one watch for each namespace. Where the
 * cluster lets nobody watch them, they say nothing.
 */
final class EventWatch implements AutoCloseable {

	private final KubernetesClient client;

	private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();

	private volatile @Nullable String refusal;

	EventWatch(KubernetesClient client) {
		this.client = client;
	}

	/**
	 * All that was said so far of the pods of a namespace, also what has expired since.
	 */
	KubeletEvents in(String namespace) {
		return KubeletEvents.of(this.namespaces.computeIfAbsent(namespace, this::watch).said().values());
	}

	/** Why events cannot be watched; empty where they can be, as far as is known. */
	Optional<String> refusal() {
		return Optional.ofNullable(this.refusal);
	}

	private Namespace watch(String name) {
		Map<String, Event> said = new ConcurrentHashMap<>();
		try {
			return new Namespace(said, this.client.v1().events().inNamespace(name).inform(new Collecting(said)));
		}
		catch (KubernetesClientException ex) {
			this.refusal = LabException.oneLine(Clients.said(ex));
			return new Namespace(said, null);
		}
	}

	/** Hears no more of a namespace. */
	void forget(String namespace) {
		Namespace forgotten = this.namespaces.remove(namespace);
		if (forgotten != null) {
			forgotten.close();
		}
	}

	@Override
	public void close() {
		this.namespaces.values().forEach(Namespace::close);
	}

	/**
	 * A namespace that is watched.
	 *
	 * @param said the events by their identity
	 * @param informer null where watching is refused
	 */
	private record Namespace(Map<String, Event> said,
			@Nullable SharedIndexInformer<Event> informer) implements AutoCloseable {

		@Override
		public void close() {
			if (this.informer != null) {
				this.informer.close();
			}
		}

	}

	/** Keeps each event as it was last. */
	private record Collecting(Map<String, Event> said) implements ResourceEventHandler<Event> {

		@Override
		public void onAdd(Event event) {
			this.said.put(event.getMetadata().getUid(), event);
		}

		@Override
		public void onUpdate(Event before, Event event) {
			onAdd(event);
		}

		@Override
		public void onDelete(Event event, boolean unseen) {
		}

	}

}
