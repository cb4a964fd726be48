package io.pyserver.cloudbuild;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.pyserver.ThoroughTest;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Shell.Output;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.k3s.K3sSettings;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The steps of {@code cloudbuild.yaml}, run in their order on this machine, in bash: the
 * image is pushed to a registry that stands in for {@code gcr.io}, the nodes of the
 * throw-away cluster pull it from there by its digest, it is deployed by that, and the
 * lesson is tried. Stand-ins take the place of {@code gcloud}, whose calls are looked at,
 * and of {@code mvn}, which does not test and package again.
 */
@ThoroughTest
@ClusterTest(throwAway = true)
@ResourceLock("namespace pyserver")
class CloudBuildIT {

	private static final Pattern GATEWAY = Pattern.compile("default via ([0-9.]+)");

	private static final String NAMESPACE = "pyserver";

	private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

	@TempDir
	Path directory;

	@BeforeAll
	static void tools() {
		List<String> missing = Stream.of(LocalRegistry.COMMAND, "kubectl")
			.filter((command) -> !isOnPath(command))
			.toList();
		if (!missing.isEmpty()) {
			String reason = "it needs %s, which is not on the PATH; Debian's package docker-registry has the registry"
				.formatted(String.join(" and ", missing));
			if (K3sSettings.current().required()) {
				throw new LabException("lab.required is set, but " + reason);
			}
			Assumptions.abort(reason);
		}
	}

	private static boolean isOnPath(String command) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, command)));
	}

	@Test
	void theStepsPushDeployByDigestAndTryTheLesson(K3sCluster cluster) throws Exception {
		Node first = cluster.nodes().getFirst();
		String gateway = GATEWAY.matcher(first.shell().run("ip", "route").stdout())
			.results()
			.findFirst()
			.orElseThrow()
			.group(1);
		try (LocalRegistry registry = LocalRegistry.start(Files.createDirectory(this.directory.resolve("registry")),
				gateway)) {
			Build build = new Build(BuildConfig.read(), Workspace.in(this.directory, registry.name()));
			Files.writeString(build.workspace().standIns().resolve("kubeconfig"), cluster.k3s().kubeconfig());
			Path cache = build.workspace().standIns().resolve("buckets/my-cache");
			assertThat(build.steps()).containsExactly("check-substitutions", "restore-cache", "test-and-push",
					"save-cache", "deploy", "lesson");

			build.run("check-substitutions");
			assertThat(build.run("restore-cache")).contains("Maven downloads everything");
			build.run("test-and-push");
			build.run("save-cache");
			String archive = onlyFileOf(cache);
			assertThat(archive).matches("maven-[0-9a-f]{64}\\.tar\\.gz");

			Path target = build.workspace().folder().resolve("target");
			String digest = Files.readString(target.resolve("jib-image.digest"));
			cluster.nodes().forEach((node) -> registry.pulledBy(node, "my-project/pyserver@" + digest));
			String configuration = Files.readString(target.resolve("jib-image.id"));
			assertThat(first.shell().run("ctr", "-n", "k8s.io", "content", "get", configuration).stdout())
				.contains("\"org.opencontainers.image.revision\":\"" + REVISION + "\"");
			try (ConcurrencyLimit.Permit _ = cluster.run().starts().acquire()) {
				assertThat(build.run("deploy")).contains("successfully rolled out");
			}
			assertThat(cluster.client().pods().inNamespace(NAMESPACE).withLabel("app", "pyserver").list().getItems())
				.isNotEmpty()
				.allSatisfy((pod) -> assertThat(ContainerUnderTest.container(pod).getImage())
					.isEqualTo("gcr.io/my-project/pyserver@" + digest));
			assertThat(build.run("lesson")).contains("The lesson holds: ");
			assertThat(cluster.client().network().v1().networkPolicies().inNamespace(NAMESPACE).list().getItems())
				.as("policies that the lesson left")
				.isEmpty();

			String cp = "gcloud storage cp ";
			String credentials = "gcloud container clusters get-credentials probes --location=us-central1-c --project=my-project";
			assertThat(build.workspace().calls()).containsExactly(cp + "gs://my-cache/" + archive + " maven.tar.gz",
					"mvn --batch-mode --no-transfer-progress -Dmaven.repo.local=.m2/repository -Dimage=gcr.io/my-project/pyserver:v7 -Dimage.revision="
							+ REVISION + " package jib:build",
					cp + "--no-clobber maven.tar.gz gs://my-cache/" + archive, credentials, credentials);
		}
		finally {
			remove(cluster);
		}
	}

	private static String onlyFileOf(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.toList().getFirst().getFileName().toString();
		}
	}

	private static void remove(K3sCluster cluster) {
		Resource<Namespace> namespace = cluster.client().namespaces().withName(NAMESPACE);
		namespace.delete();
		await("namespace pyserver is gone").atMost(Limits.ALL.gone()).until(() -> namespace.get() == null);
	}

	/**
	 * A build as somebody submits it.
	 */
	private record Build(BuildConfig config, Workspace workspace) {

		List<String> steps() {
			return this.config.steps().stream().map(BuildStep::id).toList();
		}

		/** What a step printed, which has to succeed. */
		String run(String id) throws IOException, InterruptedException {
			Substitutions given = this.config.substitutions()
				.with(Map.of("_TAG", "v7", "_CACHE", "my-cache", "PROJECT_ID", "my-project", "COMMIT_SHA", REVISION));
			Output output = this.workspace.run(this.config.step(id), given);
			return output.orThrow("step " + id).stdout();
		}

	}

}
