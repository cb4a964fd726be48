package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The namespaces of one run, which have a label and a prefix of their own.
 *
 * @param run the name of the run, six hexadecimal digits
 */
public record RunNamespaces(String run) {

	public static final String LABEL = "io.pyserver.lab";

	/** The prefix of the namespaces of all runs. */
	public static final String PREFIX = "pyserver-lab-";

	static RunNamespaces next() {
		return new RunNamespaces(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), 6));
	}

	public String name(String purpose) {
		return PREFIX + this.run + "-" + purpose;
	}

	/** The label of the namespaces and of the objects in them. */
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

	/**
	 * Deletes the namespaces, including those that are created meanwhile.
	 * @return whether all are gone within the limit
	 */
	boolean remove(KubernetesClient client, Duration limit) {
		return Condition.holdsWithin(limit, () -> {
			List<Namespace> left = client.namespaces().withLabel(LABEL, this.run).list().getItems();
			client
				.resourceList(
						left.stream().filter((each) -> each.getMetadata().getDeletionTimestamp() == null).toList())
				.delete();
			return left.isEmpty();
		});
	}

}
