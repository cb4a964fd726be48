package io.pyserver.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The shipped manifests with what a test may change of them: namespace, image, pull
 * policy and the probes' period.
 */
record Overlay(String namespace, String image, Duration period) {

	private static final Path SHIPPED = Path.of("k8s");

	private static final Path STAGE = Path.of("target/lab");

	/**
	 * Writes the overlay beside a copy of the shipped manifests, and says where its
	 * folder is.
	 */
	Path write() {
		Path stage = STAGE.resolve(this.namespace);
		copy(SHIPPED, stage.resolve(SHIPPED));
		try {
			Files.createDirectories(stage.resolve("overlay"));
			Files.writeString(stage.resolve("overlay/kustomization.yaml"), text());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return stage;
	}

	private String text() {
		int colon = this.image.lastIndexOf(':');
		return """
				apiVersion: kustomize.config.k8s.io/v1beta1
				kind: Kustomization
				namespace: %s
				resources:
				  - ../k8s/base
				images:
				  - name: pyserver
				    newName: %s
				    newTag: "%s"
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
				                imagePullPolicy: Never
				  - target:
				      kind: Deployment
				      name: pyserver
				    patch: |
				      - op: replace
				        path: /spec/template/spec/containers/0/livenessProbe/periodSeconds
				        value: %d
				""".formatted(this.namespace, this.image.substring(0, colon), this.image.substring(colon + 1),
				this.period.toSeconds());
	}

	private static void copy(Path from, Path to) {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path target = to.resolve(from.relativize(file));
				Files.createDirectories(target.getParent());
				Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
