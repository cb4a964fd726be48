package io.pyserver.lab.cluster;

import java.util.Optional;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A run of tests on a cluster.
 *
 * @param client its way to the API server
 * @param namespaces those of this run
 * @param pods those that carry its label
 * @param events what kubelets say of them
 * @param metrics what kubelets publish of their probes
 * @param starts who may start pods now: it is the heaviest thing that they do, and
 * others' probes are answered late meanwhile
 */
public record ClusterRun(KubernetesClient client, RunNamespaces namespaces, PodWatch pods, EventWatch events,
		ProbeMetrics metrics, ConcurrencyLimit starts) implements AutoCloseable {

	/** Begins one, in which kubelets are asked through the API server. */
	public static ClusterRun begin(KubernetesClient client, int startsAtOnce) {
		return begin(client, ProbeMetrics.throughApiServer(client), startsAtOnce);
	}

	static ClusterRun begin(KubernetesClient client, ProbeMetrics metrics, int startsAtOnce) {
		RunNamespaces namespaces = RunNamespaces.next();
		return new ClusterRun(client, namespaces, new PodWatch(client, namespaces), new EventWatch(client), metrics,
				new ConcurrencyLimit(startsAtOnce));
	}

	/** Why nothing is heard of events; empty where they are watched. */
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
