package io.pyserver.lab.cluster;

import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Pods at the other ends of controls. They have the image under test, and run BusyBox in
 * place of the service.
 *
 * @param group the namespace of the pods
 */
public record Sleeper(PodGroup group) {

	/** The policy {@code allow-peer} allows ingress from pods with this label. */
	public static final String PEER_LABEL = "io.pyserver.lab/peer";

	/** A pod that the policy {@code allow-peer} allows. */
	public Pod peer(String name, String node) {
		Pod pod = sleeper(name, node, List.of());
		pod.getMetadata().getLabels().put(PEER_LABEL, "true");
		return pod;
	}

	/** A pod that answers HTTP requests, without a JVM. */
	public Pod outsider(String name, String node) {
		Pod pod = sleeper(name, node, List.of(new Sysctl("net.ipv4.ip_unprivileged_port_start", "0")));
		ContainerUnderTest.container(pod).setCommand(List.of("httpd", "-f", "-p", "80", "-h", "/tmp"));
		return pod;
	}

	/** A pod that may ping. */
	public Pod companion(String name, String node) {
		return sleeper(name, node, List.of(new Sysctl("net.ipv4.ping_group_range", "0 2147483647")));
	}

	/** A pod in the network of its node. */
	Pod nodePod(String name, String node) {
		Pod pod = sleeper(name, node, List.of());
		pod.getSpec().setHostNetwork(true);
		return pod;
	}

	private Pod sleeper(String name, String node, List<Sysctl> sysctls) {
		Cluster cluster = this.group.cluster();
		Pod pod = Serialization.unmarshal("""
				apiVersion: v1
				kind: Pod
				metadata:
				  name: %s
				  namespace: %s
				  labels: {%s: "%s"}
				spec:
				  automountServiceAccountToken: false
				  terminationGracePeriodSeconds: 0
				  securityContext:
				    runAsNonRoot: true
				    seccompProfile: {type: RuntimeDefault}
				  containers:
				    - name: %s
				      image: %s
				      imagePullPolicy: %s
				      command: [sleep, "86400"]
				      securityContext:
				        allowPrivilegeEscalation: false
				        readOnlyRootFilesystem: true
				        capabilities: {drop: [ALL]}
				      resources:
				        requests: {cpu: 1m, memory: 8Mi}
				""".formatted(name, this.group.namespace(), ClusterRun.LABEL, cluster.run().name(),
				ContainerUnderTest.NAME, cluster.image(), cluster.imagePullPolicy()), Pod.class);
		pod.getSpec().getSecurityContext().setSysctls(sysctls);
		Node.pin(pod.getSpec(), List.of(node));
		return pod;
	}

}
