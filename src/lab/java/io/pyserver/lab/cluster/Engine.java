package io.pyserver.lab.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;

import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import static java.util.Map.entry;

/**
 * Finds out which engine enforces network policies on a cluster, by what is installed.
 */
public final class Engine {

	/**
	 * The engines by an API group, and then those by a DaemonSet. The first one counts.
	 */
	private static final List<Entry<String, String>> ENGINES = List.of(entry("cilium.io", "Cilium"),
			entry("crd.projectcalico.org", "Calico"), entry("networking.k8s.aws", "AWS network policy agent"),
			entry("crd.antrea.io", "Antrea"), entry("kindnet", "kindnet"), entry("weave-net", "Weave Net"),
			entry("kube-router", "kube-router"));

	private Engine() {
	}

	/**
	 * Returns the name of the engine.
	 * @param kubernetes the version of Kubernetes
	 * @return {@code unknown} if the lab knows nothing of what is installed
	 */
	public static String of(KubernetesClient client, String kubernetes) {
		Set<String> installed = new HashSet<>();
		client.getApiGroups().getGroups().forEach((group) -> installed.add(group.getName()));
		try {
			List<DaemonSet> daemonSets = client.apps().daemonSets().inAnyNamespace().list().getItems();
			daemonSets.forEach((daemonSet) -> installed.add(daemonSet.getMetadata().getName()));
		}
		catch (KubernetesClientException ex) {
			// The user may not list DaemonSets.
		}
		return ENGINES.stream()
			.filter((engine) -> installed.contains(engine.getKey()))
			.map(Entry::getValue)
			.findFirst()
			.orElse(kubernetes.contains("+k3s") ? "kube-router of k3s" : "unknown");
	}

}
