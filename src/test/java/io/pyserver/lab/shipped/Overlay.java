package io.pyserver.lab.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.RunNamespaces;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * The shipped manifests with what a test may change of them: namespace, a label, image,
 * pull policy, the nodes to run on, the probes' times, and on an existing cluster the
 * range of its pods.
 *
 * @param period whole seconds, or null for the shipped one
 */
public record Overlay(String namespace, Cluster cluster, @Nullable Duration period) {

	private static final Path SHIPPED = Path.of("k8s");

	private static final Path STAGE = Path.of("target/lab");

	/**
	 * Writes the overlay beside a copy of the shipped manifests, and says where its
	 * folder is.
	 */
	Path write() {
		Path stage = STAGE.resolve(this.namespace);
		try {
			FileSystemUtils.deleteRecursively(stage);
			FileSystemUtils.copyRecursively(SHIPPED, stage.resolve(SHIPPED));
			Files.createDirectories(stage.resolve("overlay"));
			Files.writeString(stage.resolve("overlay/kustomization.yaml"), text());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return stage;
	}

	private String text() {
		return """
				apiVersion: kustomize.config.k8s.io/v1beta1
				kind: Kustomization
				namespace: %s
				resources:
				  - ../k8s/base
				labels:
				  - pairs:
				      %s: "%s"
				    includeTemplates: true
				patches:
				  - patch: |
				      apiVersion: apps/v1
				      kind: Deployment
				      metadata:
				        name: pyserver
				      spec:
				        template:
				          spec:
				            containers:
				              - name: pyserver
				                image: %s
				                imagePullPolicy: %s
				            affinity:
				              nodeAffinity:
				                requiredDuringSchedulingIgnoredDuringExecution:
				                  nodeSelectorTerms:
				                    - matchExpressions:
				                        - key: kubernetes.io/hostname
				                          operator: In
				                          values: [%s]
				""".formatted(this.namespace, RunNamespaces.LABEL, this.cluster.namespaces().run(),
				this.cluster.image(), this.cluster.imagePullPolicy(),
				this.cluster.nodes().stream().map(Node::name).collect(Collectors.joining(", ")))
				+ podRangesPatch(this.cluster.podRanges()) + ((this.period != null) ? periodPatch(this.period) : "");
	}

	private static String podRangesPatch(List<String> ranges) {
		return ranges.isEmpty() ? "" : """
				  - target:
				      kind: Deployment
				      name: pyserver
				    patch: |
				      - op: replace
				        path: /spec/template/spec/containers/0/env/1
				        value: {name: PYSERVER_POD_CIDRS, value: "%s"}
				""".formatted(String.join(",", ranges));
	}

	/** A slow start has as long as the shipped probe gives it: 20 seconds. */
	private static String periodPatch(Duration period) {
		return """
				  - target:
				      kind: Deployment
				      name: pyserver
				    patch: |
				      - op: replace
				        path: /spec/template/spec/containers/0/livenessProbe/periodSeconds
				        value: %1$d
				      - op: replace
				        path: /spec/template/spec/containers/0/livenessProbe/initialDelaySeconds
				        value: 15
				      - op: replace
				        path: /spec/template/spec/containers/0/readinessProbe/periodSeconds
				        value: %1$d
				""".formatted(period.toSeconds());
	}

}
