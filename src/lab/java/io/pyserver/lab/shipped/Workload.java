package io.pyserver.lab.shipped;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;

/**
 * The shipped manifests in a namespace of a run. A test may change only the namespace, a
 * label, the image, its pull policy, the nodes, the times of the probes and, on an
 * existing cluster, the address range of pods.
 */
public record Workload(PodGroup group) {

	private static final String POD_RANGES = "PYSERVER_POD_CIDRS";

	/** The initial delay of liveness, so that a slow start has about 20 s, as shipped. */
	private static final int SLOWEST_START_SECONDS = 15;

	/**
	 * Deploys the manifests, and waits until every replica is ready.
	 * @param period the period of the probes, or null for the shipped one
	 */
	public static Workload deploy(Cluster cluster, String purpose, @Nullable Duration period) {
		Workload workload = new Workload(cluster.group(purpose));
		List<HasMetadata> objects = base();
		objects.forEach((object) -> workload.change(object, period));
		try (ConcurrencyLimit.Permit _ = cluster.run().starts().acquire()) {
			workload.group.apply(objects);
			workload.awaitReady();
		}
		return workload;
	}

	/** All objects that the base's kustomization lists. */
	static List<HasMetadata> base() {
		List<String> names = manifest("base/kustomization.yaml", GenericKubernetesResource.class).get("resources");
		return names.stream().map((name) -> manifest("base/" + name, HasMetadata.class)).toList();
	}

	/**
	 * The object in a file of {@code k8s}, which is a resource of the program.
	 * @param name relative to {@code k8s}
	 */
	static <T> T manifest(String name, Class<T> type) {
		try (InputStream file = Workload.class.getResourceAsStream("/k8s/" + name)) {
			return Serialization.unmarshal(Objects.requireNonNull(file, name), type);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void change(HasMetadata object, @Nullable Duration period) {
		object.getMetadata().getLabels().putAll(cluster().run().label());
		if (object instanceof Namespace) {
			object.getMetadata().setName(this.group.namespace());
		}
		else {
			object.getMetadata().setNamespace(this.group.namespace());
		}
		if (object instanceof Deployment deployment) {
			change(deployment.getSpec().getTemplate(), period);
		}
	}

	private void change(PodTemplateSpec template, @Nullable Duration period) {
		template.getMetadata().getLabels().putAll(cluster().run().label());
		Node.pin(template.getSpec(), cluster().nodes().stream().map(Node::name).toList());
		Container container = ContainerUnderTest.container(template.getSpec().getContainers());
		container.setImage(cluster().image());
		container.setImagePullPolicy(cluster().imagePullPolicy());
		if (!cluster().podRanges().isEmpty()) {
			container.getEnv()
				.stream()
				.filter((variable) -> variable.getName().equals(POD_RANGES))
				.forEach((variable) -> variable.setValue(String.join(",", cluster().podRanges())));
		}
		if (period != null) {
			container.getLivenessProbe().setPeriodSeconds((int) period.toSeconds());
			container.getLivenessProbe().setInitialDelaySeconds(SLOWEST_START_SECONDS);
			container.getReadinessProbe().setPeriodSeconds((int) period.toSeconds());
		}
	}

	private Cluster cluster() {
		return this.group.cluster();
	}

	/** The Deployment on the API server. */
	public RollableScalableResource<Deployment> deployment() {
		return cluster().client().apps().deployments().inNamespace(this.group.namespace()).withName("pyserver");
	}

	public void awaitReady() {
		deployment().waitUntilReady(LabSettings.current().ready().toSeconds(), TimeUnit.SECONDS);
	}

	/**
	 * Removes the namespace, unless {@code lab.keep} keeps it. Does not wait for that.
	 */
	public void remove() {
		if (!LabSettings.current().keep().keepsRun()) {
			this.group.remove();
		}
	}

}
