package io.pyserver.lab.cluster;

import java.util.List;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** What the lab has to be allowed on an existing cluster; docs/lab.md has it as RBAC. */
final class Permissions {

	private static final List<String> NEEDED = List.of("create namespaces", "list namespaces", "delete namespaces",
			"patch namespaces", "list nodes", "get nodes", "create pods", "list pods", "watch pods", "patch pods",
			"get pods/log", "create pods/exec", "get pods/exec", "create pods/portforward", "create deployments.apps",
			"get deployments.apps", "watch deployments.apps", "patch deployments.apps", "create services",
			"patch services", "create poddisruptionbudgets.policy", "patch poddisruptionbudgets.policy",
			"create networkpolicies.networking.k8s.io", "patch networkpolicies.networking.k8s.io",
			"delete networkpolicies.networking.k8s.io", "list events", "watch events");

	private Permissions() {
	}

	/**
	 * Asks the cluster for each of them.
	 * @throws LabException naming those that are missing
	 */
	static void require(KubernetesClient client, String context) {
		List<String> missing = NEEDED.stream().filter((permission) -> !isGranted(client, permission)).toList();
		if (!missing.isEmpty()) {
			throw new LabException("lab.context=%s: its user may not %s; docs/lab.md lists what the lab needs"
				.formatted(context, String.join(", ", missing)));
		}
	}

	private static boolean isGranted(KubernetesClient client, String permission) {
		String[] verbAndResource = permission.split(" ");
		String[] resourceAndGroup = verbAndResource[1].split("\\.", 2);
		String[] resourceAndSubresource = resourceAndGroup[0].split("/");
		SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder().withNewSpec()
			.withNewResourceAttributes()
			.withVerb(verbAndResource[0])
			.withGroup((resourceAndGroup.length > 1) ? resourceAndGroup[1] : "")
			.withResource(resourceAndSubresource[0])
			.withSubresource((resourceAndSubresource.length > 1) ? resourceAndSubresource[1] : "")
			.endResourceAttributes()
			.endSpec()
			.build();
		return client.resource(question).create().getStatus().getAllowed();
	}

}
