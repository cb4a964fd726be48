package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import static org.awaitility.Awaitility.await;

/**
 * The namespaces of one run, known by a label and by a prefix that no other run has.
 *
 * @param run six hexadecimal digits
 */
public record RunNamespaces(String run) {

	public static final String LABEL = "io.pyserver.lab";

	static RunNamespaces next() {
		return new RunNamespaces(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 6));
	}

	public String name(String purpose) {
		return "pyserver-lab-" + this.run + "-" + purpose;
	}

	/** What all that is in them carries as well. */
	public Map<String, String> label() {
		return Map.of(LABEL, this.run);
	}

	/**
	 * A namespace of this run.
	 * @param podSecurity the Pod Security Standard that it enforces
	 */
	public Namespace namespace(String purpose, String podSecurity) {
		return new NamespaceBuilder().withNewMetadata()
			.withName(name(purpose))
			.withLabels(label())
			.addToLabels("pod-security.kubernetes.io/enforce", podSecurity)
			.endMetadata()
			.build();
	}

	/** Tells the cluster to remove all of them. */
	void remove(KubernetesClient client) {
		client.resourceList(left(client)).delete();
	}

	/** Removes all of them, and waits until nothing is left. */
	void removeAndWait(KubernetesClient client) {
		remove(client);
		await("the namespaces of this run are gone").atMost(Limits.ALL.gone())
			.pollInterval(Duration.ofSeconds(1))
			.ignoreExceptionsInstanceOf(KubernetesClientException.class)
			.until(() -> left(client).isEmpty());
	}

	private List<Namespace> left(KubernetesClient client) {
		return client.namespaces().withLabel(LABEL, this.run).list().getItems();
	}

}
