package io.pyserver.lab.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * The events of a namespace, also those that have expired since: who counts failures by
 * them never counts fewer than before. They are known by their names: a kubelet that says
 * an expired one again takes its name, and counts on.
 */
final class NamespaceEvents implements ResourceEventHandler<Event>, AutoCloseable {

	private final Map<String, Event> events = new ConcurrentHashMap<>();

	private final SharedIndexInformer<Event> informer;

	/** Begins to watch; those that are there already are known at once. */
	NamespaceEvents(KubernetesClient client, String namespace) {
		this.informer = client.v1().events().inNamespace(namespace).inform(this);
		this.informer.getStore().list().forEach(this::onAdd);
	}

	/** All of them so far. */
	Collection<Event> said() {
		return List.copyOf(this.events.values());
	}

	@Override
	public void onAdd(Event event) {
		this.events.merge(event.getMetadata().getName(), event,
				(known, said) -> (count(said) < count(known)) ? known : said);
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
	}

	@Override
	public void close() {
		this.informer.close();
	}

}
