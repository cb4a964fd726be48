package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import static java.util.Map.entry;

/**
 * Finds out which engine enforces network policies on a cluster, by what is installed.
 */
public final class Engine {

	private static final List<Entry<String, String>> BY_API_GROUP = List.of(entry("cilium.io", "Cilium"),
			entry("crd.projectcalico.org", "Calico"), entry("networking.k8s.aws", "AWS network policy agent"),
			entry("crd.antrea.io", "Antrea"));

	private static final List<Entry<String, String>> BY_DAEMON_SET = List.of(entry("kindnet", "kindnet"),
			entry("weave-net", "Weave Net"), entry("kube-router", "kube-router"));

	private Engine() {
	}

	/**
	 * Returns the name of the engine.
	 * @param kubernetes the version of Kubernetes
	 * @return {@code unknown} if the lab knows nothing of what is installed
	 */
	public static String of(KubernetesClient client, String kubernetes) {
		return first(BY_API_GROUP, client.getApiGroups().getGroups().stream().map(APIGroup::getName).toList())
			.or(() -> first(BY_DAEMON_SET, daemonSets(client)))
			.orElse(kubernetes.contains("+k3s") ? "kube-router of k3s" : "unknown");
	}

	private static Optional<String> first(List<Entry<String, String>> known, List<String> installed) {
		return known.stream().filter((engine) -> installed.contains(engine.getKey())).map(Entry::getValue).findFirst();
	}

	/** The names of all DaemonSets; none if the user may not list them. */
	private static List<String> daemonSets(KubernetesClient client) {
		try {
			List<DaemonSet> all = client.apps().daemonSets().inAnyNamespace().list().getItems();
			return all.stream().map((daemonSet) -> daemonSet.getMetadata().getName()).toList();
		}
		catch (KubernetesClientException ex) {
			return List.of();
		}
	}

}
