package io.pyserver.lab.cluster;

import java.util.Optional;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A run of tests on a cluster.
 *
 * @param client the client of the API server
 * @param namespaces the namespaces of this run
 * @param pods the pods with the label of this run
 * @param events the events of these pods
 * @param metrics what kubelets publish about their probes
 * @param starts limits how many experiments start pods at once, because starting pods
 * delays the answers to other probes
 */
public record ClusterRun(KubernetesClient client, RunNamespaces namespaces, PodWatch pods, EventWatch events,
		ProbeMetrics metrics, ConcurrencyLimit starts) implements AutoCloseable {

	/** Begins a run that reads the kubelets' metrics through the API server. */
	public static ClusterRun begin(KubernetesClient client, int startsAtOnce) {
		return begin(client, ProbeMetrics.throughApiServer(client), startsAtOnce);
	}

	static ClusterRun begin(KubernetesClient client, ProbeMetrics metrics, int startsAtOnce) {
		RunNamespaces namespaces = RunNamespaces.next();
		return new ClusterRun(client, namespaces, new PodWatch(client, namespaces), new EventWatch(client), metrics,
				new ConcurrencyLimit(startsAtOnce));
	}

	/** Why events cannot be watched; empty if no watch was refused so far. */
	public Optional<String> eventsRefused() {
		return this.events.refusal();
	}

	@Override
	public void close() {
		this.pods.close();
		this.events.close();
		this.client.close();
	}

}
