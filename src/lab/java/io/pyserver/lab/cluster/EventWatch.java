package io.pyserver.lab.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jspecify.annotations.Nullable;

/**
 * The events of the namespaces of a run. Each namespace has a watch. Events are kept
 * after they expire in the cluster, so a count of failures never gets smaller. The name
 * identifies an event. A kubelet that repeats an expired event uses the same name and
 * continues its count.
 */
final class EventWatch implements ResourceEventHandler<Event>, AutoCloseable {

	private final KubernetesClient client;

	/** The watches by namespace; empty if the cluster refuses the watch. */
	private final Map<String, Optional<SharedIndexInformer<Event>>> informers = new ConcurrentHashMap<>();

	/** The events by namespace and name. */
	private final Map<String, Map<String, Event>> events = new ConcurrentHashMap<>();

	private volatile @Nullable String refusal;

	EventWatch(KubernetesClient client) {
		this.client = client;
	}

	/** All events of a namespace so far; none if the cluster refuses the watch. */
	KubeletEvents in(String namespace) {
		this.informers.computeIfAbsent(namespace, this::watch);
		return KubeletEvents.of(this.events.getOrDefault(namespace, Map.of()).values());
	}

	private Optional<SharedIndexInformer<Event>> watch(String namespace) {
		try {
			SharedIndexInformer<Event> informer = this.client.v1().events().inNamespace(namespace).inform(this);
			informer.getStore().list().forEach(this::onAdd);
			return Optional.of(informer);
		}
		catch (KubernetesClientException ex) {
			this.refusal = LabException.oneLine(LabException.said(ex));
			return Optional.empty();
		}
	}

	/** Why events cannot be watched; empty if no watch was refused so far. */
	Optional<String> refusal() {
		return Optional.ofNullable(this.refusal);
	}

	/** Ends the watch of a namespace. */
	void forget(String namespace) {
		Optional<SharedIndexInformer<Event>> informer = this.informers.remove(namespace);
		if (informer != null) {
			informer.ifPresent(SharedIndexInformer::close);
		}
		this.events.remove(namespace);
	}

	@Override
	public void onAdd(Event event) {
		this.events.computeIfAbsent(event.getMetadata().getNamespace(), (_) -> new ConcurrentHashMap<>())
			.merge(event.getMetadata().getName(), event,
					(known, latest) -> (count(latest) < count(known)) ? known : latest);
	}

	private static int count(Event event) {
		return Objects.requireNonNullElse(event.getCount(), 1);
	}

	@Override
	public void onUpdate(Event before, Event event) {
		onAdd(event);
	}

	@Override
	public void onDelete(Event event, boolean unseen) {
		// The event is kept.
	}

	@Override
	public void close() {
		this.informers.values().forEach((informer) -> informer.ifPresent(SharedIndexInformer::close));
	}

}
