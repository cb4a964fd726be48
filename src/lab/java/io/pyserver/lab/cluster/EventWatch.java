package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * What kubelets say of the pods of a run, by one watch for each namespace. Where the
 * cluster lets nobody watch them, they say nothing.
 */
final class EventWatch implements AutoCloseable {

	private final KubernetesClient client;

	private final Map<String, Optional<NamespaceEvents>> namespaces = new ConcurrentHashMap<>();

	private volatile @Nullable String refusal;

	EventWatch(KubernetesClient client) {
		this.client = client;
	}

	/** All that was said so far of the pods of a namespace. */
	KubeletEvents in(String namespace) {
		return KubeletEvents
			.of(this.namespaces.computeIfAbsent(namespace, this::watch).map(NamespaceEvents::said).orElse(List.of()));
	}

	/** Why events cannot be watched; empty where they can be, as far as is known. */
	Optional<String> refusal() {
		return Optional.ofNullable(this.refusal);
	}

	private Optional<NamespaceEvents> watch(String name) {
		try {
			return Optional.of(new NamespaceEvents(this.client, name));
		}
		catch (KubernetesClientException ex) {
			this.refusal = LabException.oneLine(Clients.said(ex));
			return Optional.empty();
		}
	}

	/** Hears no more of a namespace. */
	void forget(String namespace) {
		Optional.ofNullable(this.namespaces.remove(namespace)).ifPresent(EventWatch::close);
	}

	private static void close(Optional<NamespaceEvents> namespace) {
		namespace.ifPresent(NamespaceEvents::close);
	}

	@Override
	public void close() {
		this.namespaces.values().forEach(EventWatch::close);
	}

}
