package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A run of the lab on a cluster. Its namespaces have a label and a prefix of their own.
 *
 * @param name the name of the run, six hexadecimal digits
 * @param client the client of the API server
 * @param pods the pods with the label of this run
 * @param events the events of these pods
 * @param metrics what kubelets publish about their probes
 * @param starts limits how many experiments start pods at once, because starting pods
 * delays the answers to other probes
 */
public record ClusterRun(String name, KubernetesClient client, PodState.Watch pods, KubeletEvents.Watch events,
		ProbeMetrics metrics, ConcurrencyLimit starts) implements AutoCloseable {

	public static final String LABEL = "io.pyserver.lab";

	/** The prefix of the namespaces of all runs. */
	public static final String PREFIX = "pyserver-lab-";

	public static ClusterRun begin(KubernetesClient client, ProbeMetrics metrics, int startsAtOnce) {
		String name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 6);
		return new ClusterRun(name, client, new PodState.Watch(client, name), new KubeletEvents.Watch(client), metrics,
				new ConcurrencyLimit(startsAtOnce));
	}

	/** The name of a namespace of this run. */
	public String namespace(String purpose) {
		return PREFIX + this.name + "-" + purpose;
	}

	/** The label of the namespaces and of the objects in them. */
	public Map<String, String> label() {
		return Map.of(LABEL, this.name);
	}

	/**
	 * Deletes the namespaces, including those that are created meanwhile.
	 * @return whether all are gone within the limit
	 */
	boolean removeNamespaces(Duration limit) {
		return Condition.holdsWithin(limit, () -> {
			List<Namespace> left = this.client.namespaces().withLabels(label()).list().getItems();
			this.client
				.resourceList(
						left.stream().filter((each) -> each.getMetadata().getDeletionTimestamp() == null).toList())
				.delete();
			return left.isEmpty();
		});
	}

	@Override
	public void close() {
		this.pods.close();
		this.events.close();
		this.client.close();
	}

}
