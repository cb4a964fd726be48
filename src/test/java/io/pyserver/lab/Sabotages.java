package io.pyserver.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.pyserver.lab.cluster.K3sCluster;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.matrix.Lab;
import io.pyserver.lab.matrix.Sabotage;
import io.pyserver.lab.matrix.Silence;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.ShippedPod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lab's own fire drill: whatever is made wrong, the verdict says so and names it. Too
 * long for every day; {@code -Dit.test=Sabotages} runs it. {@link NotEnforcedIT} and
 * {@link BrokenProbesIT} are two more.
 */
@ClusterTest(throwAway = true)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class Sabotages {

	private static final String ONE_CELL = "deny-both/pod-first/liveness/httpGet";

	private K3sCluster cluster;

	private Lab lab;

	@BeforeAll
	void prepare(K3sCluster cluster, Lab lab) {
		this.cluster = cluster;
		this.lab = lab;
	}

	@Test
	void anEngineThatPolicesThePodsOwnNode() {
		List<CellResult> results = run(new Silence(this.cluster.nodes()), "policed", "deny-both/pod-first/liveness");

		assertThat(results).hasSize(4).allSatisfy((result) -> {
			boolean exec = result.evidence().cell().mechanism() == Mechanism.EXEC;
			assertThat(result.finding().verdict()).as("%s", result.finding())
				.isEqualTo(exec ? Verdict.SURVIVES : Verdict.BROKEN);
			if (!exec) {
				assertThat(result.finding().because()).contains("the pod's own node did not reach it: timed-out")
					.anyMatch((reason) -> reason.startsWith("the kubelet said: Liveness probe failed"));
			}
		});
	}

	@Test
	void policiesThatComeTwentySecondsLate() {
		Executor late = CompletableFuture.delayedExecutor(20, TimeUnit.SECONDS);

		assertOneCell(new Sabotage() {

			@Override
			public void apply(Runnable policies) {
				CompletableFuture.runAsync(policies, late);
			}

		}, "late", Verdict.NOT_ENFORCED, "under deny-both, outsider-to-pod was reached and had to be blocked");
	}

	@Test
	void aManifestWithoutLiveness() {
		assertOneCell(new Sabotage() {

			@Override
			public JsonNode pod(JsonNode manifest) {
				((ObjectNode) ShippedPod.container(manifest)).remove("livenessProbe");
				return manifest;
			}

		}, "no-liveness", Verdict.INCONCLUSIVE, "the running pod has no liveness probe by httpGet");
	}

	@Test
	void aSidecarThatPretendsToBeTheKubelet() {
		String poll = "while :; do wget -q -O /dev/null --header 'Probe: liveness' -U kube-probe/1.34 http://127.0.0.1/; sleep 1; done";

		assertOneCell(new Sabotage() {

			@Override
			public JsonNode pod(JsonNode manifest) {
				ObjectNode sidecar = (ObjectNode) ShippedPod.container(manifest).deepCopy();
				sidecar.remove(List.of("ports", "startupProbe", "livenessProbe", "readinessProbe", "volumeMounts"));
				sidecar.put("name", "sidecar").putArray("command").add("sh").add("-c").add(poll);
				manifest.withArray("/spec/containers").add(sidecar);
				return manifest;
			}

		}, "sidecar", Verdict.INCONCLUSIVE, "requests pretended to be probes, from 127.0.0.1");
	}

	@Test
	void aHistoryThatStopped() {
		assertOneCell(new Sabotage() {

			@Override
			public Map<Kind, Integer> history(Map<Kind, Integer> counts) {
				Map<Kind, Integer> stopped = new EnumMap<>(counts);
				stopped.replaceAll((_, count) -> Math.min(count, 4));
				return stopped;
			}

		}, "frozen", Verdict.INCONCLUSIVE, "the pod's history counts 4 probes and its log has ");
	}

	@Test
	void anImageOfAnotherBuild(@TempDir Path directory) throws IOException {
		Path other = directory.resolve("other-build.tar");
		OtherBuild.write(K3sCluster.IMAGE_ARCHIVE, this.cluster.image(), other);
		this.cluster.load(other);

		assertOneCell(new Sabotage() {

			@Override
			public JsonNode pod(JsonNode manifest) {
				((ObjectNode) ShippedPod.container(manifest)).put("image", OtherBuild.NAME);
				return manifest;
			}

		}, "other-build", Verdict.INCONCLUSIVE, ", not the one under test, " + imageUnderTest());
	}

	private static String imageUnderTest() throws IOException {
		return Files.readString(Path.of("target/jib-image.id")).strip();
	}

	private void assertOneCell(Sabotage sabotage, String name, Verdict verdict, String because) {
		assertThat(run(sabotage, name, ONE_CELL)).singleElement().satisfies((result) -> {
			assertThat(result.finding().verdict()).as("%s", result.finding()).isEqualTo(verdict);
			assertThat(result.finding().because()).anyMatch((reason) -> reason.contains(because));
		});
	}

	private List<CellResult> run(Sabotage sabotage, String name, String cells) {
		return this.lab.sabotagedBy(sabotage, name).run(Selection.of(cells).cells()).cells();
	}

}
