package io.pyserver.lab.cluster;

import java.util.List;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * The permissions that the lab needs on an existing cluster. Roles in {@code k8s/lab} and
 * docs/lab.md grant them.
 */
final class Permissions {

	/** The lab needs each of these. */
	static final List<String> NEEDED = List.of("create namespaces", "get namespaces", "list namespaces",
			"delete namespaces", "patch namespaces", "get nodes", "list nodes", "create pods", "get pods", "list pods",
			"watch pods", "patch pods", "get services", "get pods/log", "create pods/exec", "get pods/exec",
			"create networkpolicies.networking.k8s.io", "get networkpolicies.networking.k8s.io",
			"list networkpolicies.networking.k8s.io", "delete networkpolicies.networking.k8s.io",
			"patch networkpolicies.networking.k8s.io");

	/**
	 * The permission to read the kubelets' own counts of probes from outside the cluster.
	 * Inside a cluster, another account reads them.
	 */
	static final String COUNTS = "get nodes/proxy";

	/** The permissions to count failed probes by events if the counts are refused. */
	static final List<String> EVENTS = List.of("list events", "watch events");

	/** The permission to name the policy engine in the report. */
	static final String ENGINE = "list daemonsets.apps";

	private Permissions() {
	}

	/**
	 * Asks the cluster for each permission that the lab needs.
	 * @throws LabException with those that are missing, or if the cluster does not answer
	 */
	static void require(KubernetesClient client, Access access) {
		List<String> missing = NEEDED.stream().filter((permission) -> !isGranted(client, access, permission)).toList();
		if (!missing.isEmpty()) {
			throw new LabException("%s: its user may not %s; docs/lab.md lists what the lab needs"
				.formatted(access.name(), String.join(", ", missing)));
		}
		if (access.pod() == null && !isGranted(client, access, COUNTS)
				&& !EVENTS.stream().allMatch((permission) -> isGranted(client, access, permission))) {
			throw new LabException(
					"%s: its user may neither %s nor %s, so failed probes cannot be counted; grant one of the two"
						.formatted(access.name(), COUNTS, String.join(" and ", EVENTS)));
		}
	}

	private static boolean isGranted(KubernetesClient client, Access access, String permission) {
		String[] verbAndResource = permission.split(" ");
		String[] resourceAndGroup = verbAndResource[1].split("\\.", 2);
		String[] resourceAndSubresource = resourceAndGroup[0].split("/");
		ResourceAttributes asked = new ResourceAttributes();
		asked.setVerb(verbAndResource[0]);
		asked.setGroup((resourceAndGroup.length > 1) ? resourceAndGroup[1] : "");
		asked.setResource(resourceAndSubresource[0]);
		asked.setSubresource((resourceAndSubresource.length > 1) ? resourceAndSubresource[1] : "");
		SelfSubjectAccessReview question = new SelfSubjectAccessReview();
		question.setSpec(new SelfSubjectAccessReviewSpec(null, asked));
		try {
			return client.resource(question).create().getStatus().getAllowed();
		}
		catch (KubernetesClientException ex) {
			throw new LabException("%s has no answer for its user; try: %s auth can-i --list -- %s"
				.formatted(access.name(), access.kubectl(), LabException.said(ex)));
		}
	}

}
