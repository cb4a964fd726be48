package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The small objects around the pods under test. */
public final class Manifest {

	/** The container of every pod of the lab, as in the shipped Deployment. */
	public static final String CONTAINER = "pyserver";

	/** Whoever has it is let in by {@code allow-peer}. */
	static final String PEER_LABEL = "io.pyserver.lab/peer";

	private static final JsonMapper JSON = JsonMapper.shared();

	private Manifest() {
	}

	/**
	 * A namespace of this run.
	 * @param podSecurity the Pod Security Standard that it enforces
	 */
	public static JsonNode namespace(Cluster cluster, String purpose, String podSecurity) {
		RunNamespaces namespaces = cluster.namespaces();
		return JSON.valueToTree(Map
			.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", namespaces.name(purpose), "labels",
					Map.of(RunNamespaces.LABEL, namespaces.run(), "pod-security.kubernetes.io/enforce", podSecurity))));
	}

	/** A sleeper that {@code allow-peer} lets in. */
	public static JsonNode peer(Cluster cluster, String namespace, String name, String node) {
		ObjectNode pod = companion(cluster, namespace, name, node);
		pod.withObject("/metadata/labels").put(PEER_LABEL, "true");
		return pod;
	}

	/** A sleeper that may ping. */
	public static ObjectNode companion(Cluster cluster, String namespace, String name, String node) {
		ObjectNode pod = sleeper(cluster, namespace, name, node);
		pod.withObject("/spec/securityContext")
			.putArray("sysctls")
			.addObject()
			.put("name", "net.ipv4.ping_group_range")
			.put("value", "0 2147483647");
		return pod;
	}

	/** A sleeper in the network of its node. */
	static JsonNode nodePod(Cluster cluster, String namespace, String name, String node) {
		ObjectNode pod = sleeper(cluster, namespace, name, node);
		pod.withObject("/spec").put("hostNetwork", true);
		return pod;
	}

	/** A pod of the image under test that does nothing but let somebody in. */
	private static ObjectNode sleeper(Cluster cluster, String namespace, String name, String node) {
		Map<String, Object> container = Map.of("name", CONTAINER, "image", cluster.image(), "imagePullPolicy",
				cluster.imagePullPolicy(), "command", List.of("sleep", "86400"), "securityContext",
				Map.of("allowPrivilegeEscalation", false, "readOnlyRootFilesystem", true, "capabilities",
						Map.of("drop", List.of("ALL"))),
				"resources", Map.of("requests", Map.of("cpu", "1m", "memory", "8Mi")));
		return (ObjectNode) JSON.<JsonNode>valueToTree(Map.of("apiVersion", "v1", "kind", "Pod", "metadata",
				Map.of("name", name, "namespace", namespace, "labels",
						Map.of(RunNamespaces.LABEL, cluster.namespaces().run())),
				"spec",
				Map.of("automountServiceAccountToken", false, "terminationGracePeriodSeconds", 0, "nodeSelector",
						Map.of("kubernetes.io/hostname", node), "securityContext",
						Map.of("runAsNonRoot", true, "seccompProfile", Map.of("type", "RuntimeDefault")), "containers",
						List.of(container))));
	}

	/** Lets in whoever has the label, from wherever, and nobody else. */
	public static JsonNode allowPeer(String namespace) {
		return JSON.valueToTree(Map.of("apiVersion", "networking.k8s.io/v1", "kind", "NetworkPolicy", "metadata",
				Map.of("name", "allow-peer", "namespace", namespace), "spec",
				Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress"), "ingress",
						List.of(Map.of("from", List.of(Map.of("namespaceSelector", Map.of(), "podSelector",
								Map.of("matchLabels", Map.of(PEER_LABEL, "true")))))))));
	}

}
