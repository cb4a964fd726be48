package io.pyserver.lab.cluster;

import java.util.List;

/** What the lab has to be allowed on an existing cluster; the README has it as RBAC. */
final class Permissions {

	private static final List<String> NEEDED = List.of("create namespaces", "list namespaces", "delete namespaces",
			"list nodes", "create pods", "list pods", "get pods/log", "create pods/exec", "create pods/portforward",
			"create deployments.apps", "get deployments.apps", "create services", "create poddisruptionbudgets.policy",
			"create networkpolicies.networking.k8s.io", "delete networkpolicies.networking.k8s.io", "list events");

	private Permissions() {
	}

	/**
	 * Asks the cluster for each of them.
	 * @throws LabException naming those that are missing
	 */
	static void require(Kubectl kubectl, String context) {
		List<String> missing = NEEDED.stream().filter((permission) -> !isGranted(kubectl, permission)).toList();
		if (!missing.isEmpty()) {
			throw new LabException("lab.context=%s: its user may not %s; the README lists what the lab needs"
				.formatted(context, String.join(", ", missing)));
		}
	}

	private static boolean isGranted(Kubectl kubectl, String permission) {
		String[] verbAndResource = permission.split(" ");
		Output answer = kubectl.attempt("auth", "can-i", verbAndResource[0], verbAndResource[1], "--all-namespaces");
		return answer.stdout().strip().equals("yes");
	}

}
