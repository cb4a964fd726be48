package io.pyserver.lab;

import io.pyserver.lab.k3s.ClusterTest;
import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.ShippedPod;

import static io.pyserver.lab.Verdicts.assertVerdicts;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens on ordinary clusters and is not the policies' doing, and once what is, but
 * only for a moment. {@code -Dit.test=Disturbances} runs it.
 */
@ClusterTest(throwAway = true)
@TestInstance(Lifecycle.PER_CLASS)
class Disturbances {

	private Lab lab;

	@BeforeAll
	void prepare(Lab lab) {
		this.lab = lab;
	}

	/** As a mesh may inject one: without the way out it is never ready. */
	@Test
	void aSidecarWhoseOwnProbeNeedsTheWayOut() {
		String api = "wget -q -T 2 -O /dev/null http://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/ 2>&1 | grep -q 'server returned error'";
		assertVerdicts(run(new Changed((pod) -> {
			Container sidecar = ShippedPod.beside(pod, "sidecar", "sleep 86400");
			sidecar.setVolumeMounts(List.of());
			sidecar.setReadinessProbe(new ProbeBuilder().withNewExec()
				.withCommand("sh", "-c", api)
				.endExec()
				.withPeriodSeconds(1)
				.withTimeoutSeconds(3)
				.build());
			pod.getSpec().getContainers().add(sidecar);
		}), "mesh", "deny-both/pod-first"), 12, (_) -> Verdict.SURVIVES);
	}

	/** An agent that is injected so makes each JVM print a line that is no JSON. */
	@Test
	void linesInTheLogThatAreNoJson() {
		assertOneCell(new Changed((pod) -> UnderTest.container(pod)
			.getEnv()
			.add(new EnvVar("JAVA_TOOL_OPTIONS", "-Dinjected=true", null))), "agent", "probes succeeded and ");
	}

	@Test
	void probesFromAnAddressThatTheNodeObjectDoesNotName() {
		assertVerdicts(run(TranslatedProbes.second(), "second", "deny-both/pod-first"), 12, (_) -> Verdict.SURVIVES);
	}

	@Test
	void aContainerThatTheKernelEndsForWantOfMemory() {
		assertOneCell(new WantOfMemory(), "memory", "the container was started again for no probe: OOMKilled");
	}

	/** A kubelet sends no more than about 25 of a pod in a row. */
	@Test
	void thirtyEventsOfAnotherKind() {
		assertOneCell(new ManyEvents(30), "events", "probes succeeded and ");
	}

	@Test
	void policiesWhoseArrivalCostsAPodSomeSecondsOfService() {
		List<CellResult> results = run(Cut.everywhere().forRunningPodsOnly().until(Duration.ofSeconds(12)), "arrival",
				"deny-both/pod-first/readiness/httpGet");
		assertVerdicts(results, 1, (_) -> Verdict.BROKEN);
		assertThat(results.getFirst().finding().because()).as(results.getFirst().line())
			.anyMatch((reason) -> reason.contains(" readiness probes failed before the policies were shown"));
	}

	private void assertOneCell(Sabotage sabotage, String name, String because) {
		List<CellResult> results = run(sabotage, name, "deny-both/pod-first/liveness/httpGet");
		assertVerdicts(results, 1, (_) -> Verdict.SURVIVES);
		assertThat(results.getFirst().finding().because()).as(results.getFirst().line())
			.anyMatch((reason) -> reason.contains(because));
	}

	private List<CellResult> run(Sabotage sabotage, String name, String cells) {
		return this.lab.sabotagedBy(sabotage, name).run(Selection.of(cells).cells()).cells();
	}

}
