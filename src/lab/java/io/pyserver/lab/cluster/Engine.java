package io.pyserver.lab.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Tells what enforces network policies on a cluster, by what it has installed there. */
public final class Engine {

	private static final Map<String, String> API_GROUPS = new LinkedHashMap<>();

	private static final Map<String, String> DAEMON_SETS = Map.of("kindnet", "kindnet", "weave-net", "Weave Net",
			"kube-router", "kube-router");

	static {
		API_GROUPS.put("cilium.io", "Cilium");
		API_GROUPS.put("crd.projectcalico.org", "Calico");
		API_GROUPS.put("networking.k8s.aws", "AWS network policy agent");
		API_GROUPS.put("crd.antrea.io", "Antrea");
	}

	private Engine() {
	}

	/**
	 * Its name.
	 * @return {@code unknown} where nothing known is seen
	 */
	public static String of(KubernetesClient client, String kubernetes) {
		List<String> groups = client.getApiGroups().getGroups().stream().map(APIGroup::getName).toList();
		return API_GROUPS.entrySet()
			.stream()
			.filter((known) -> groups.contains(known.getKey()))
			.map(Entry::getValue)
			.findFirst()
			.orElseGet(() -> byDaemonSet(client, kubernetes));
	}

	private static String byDaemonSet(KubernetesClient client, String kubernetes) {
		String otherwise = kubernetes.contains("+k3s") ? "kube-router of k3s" : "unknown";
		try {
			return client.apps()
				.daemonSets()
				.inAnyNamespace()
				.list()
				.getItems()
				.stream()
				.map((daemonSet) -> DAEMON_SETS.get(daemonSet.getMetadata().getName()))
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(otherwise);
		}
		catch (KubernetesClientException ex) {
			return otherwise;
		}
	}

}
