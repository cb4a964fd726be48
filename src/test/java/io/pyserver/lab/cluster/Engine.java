package io.pyserver.lab.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

/** Tells what enforces network policies on a cluster, by what it has installed there. */
public final class Engine {

	private static final Map<String, String> KNOWN_BY = new LinkedHashMap<>();

	static {
		KNOWN_BY.put("ciliumnodes.cilium.io", "Cilium");
		KNOWN_BY.put("felixconfigurations.crd.projectcalico.org", "Calico");
		KNOWN_BY.put("policyendpoints.networking.k8s.aws", "AWS network policy agent");
		KNOWN_BY.put("antreaagentinfos.crd.antrea.io", "Antrea");
		KNOWN_BY.put("daemonset.apps/kindnet", "kindnet");
		KNOWN_BY.put("daemonset.apps/weave-net", "Weave Net");
		KNOWN_BY.put("daemonset.apps/kube-router", "kube-router");
	}

	private Engine() {
	}

	/**
	 * Its name.
	 * @return {@code unknown} where nothing known is seen
	 */
	public static String of(Kubectl kubectl, String kubernetes) {
		String installed = kubectl.attempt("get", "customresourcedefinitions", "-o", "name").stdout()
				+ kubectl.attempt("get", "daemonsets", "--all-namespaces", "-o", "name").stdout();
		return KNOWN_BY.entrySet()
			.stream()
			.filter((known) -> installed.lines().anyMatch((line) -> line.endsWith(known.getKey())))
			.map(Entry::getValue)
			.findFirst()
			.orElse(kubernetes.contains("+k3s") ? "kube-router of k3s" : "unknown");
	}

}
