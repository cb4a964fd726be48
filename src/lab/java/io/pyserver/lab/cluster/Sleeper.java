package io.pyserver.lab.cluster;

import java.util.List;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Pods of the image under test that do not run the service: controls are tried from and
 * to them.
 *
 * @param namespace where they are
 */
public record Sleeper(Cluster cluster, String namespace) {

	/** Whoever has it is let in by {@code allow-peer}. */
	public static final String PEER_LABEL = "io.pyserver.lab/peer";

	/** One that {@code allow-peer} lets in. */
	public Pod peer(String name, String node) {
		Pod pod = sleeper(name, node);
		pod.getMetadata().getLabels().put(PEER_LABEL, "true");
		return pod;
	}

	/**
	 * One that answers whatever it is asked over HTTP, as no JVM has to start for that.
	 */
	public Pod outsider(String name, String node) {
		Pod pod = sleeper(name, node);
		UnderTest.container(pod).setCommand(List.of("httpd", "-f", "-p", "80", "-h", "/tmp"));
		pod.getSpec().getSecurityContext().getSysctls().add(new Sysctl("net.ipv4.ip_unprivileged_port_start", "0"));
		return pod;
	}

	/** One that may ping. */
	public Pod companion(String name, String node) {
		Pod pod = sleeper(name, node);
		pod.getSpec().getSecurityContext().getSysctls().add(new Sysctl("net.ipv4.ping_group_range", "0 2147483647"));
		return pod;
	}

	/** One in the network of its node. */
	Pod nodePod(String name, String node) {
		Pod pod = sleeper(name, node);
		pod.getSpec().setHostNetwork(true);
		return pod;
	}

	private Pod sleeper(String name, String node) {
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
				""".formatted(name, this.namespace, RunNamespaces.LABEL, this.cluster.namespaces().run(),
				UnderTest.CONTAINER, this.cluster.image(), this.cluster.imagePullPolicy()), Pod.class);
		Node.pin(pod.getSpec(), List.of(node));
		return pod;
	}

}
