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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;

import static io.pyserver.lab.Drill.assertVerdicts;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What happens on ordinary clusters and is not the policies' doing, and once what is, but
 * only for a moment. {@code -Dit.test=Disturbances} runs it.
 */
@ClusterTest(throwAway = true)
@TestInstance(Lifecycle.PER_CLASS)
class Disturbances {

	private static final String API_SERVER = "wget -q -T 2 -O /dev/null http://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/ 2>&1 | grep -q 'server returned error'";

	/**
	 * An agent that is injected makes each JVM print a line that is no JSON. A kubelet
	 * sends no more than about 25 events of a pod in a row.
	 */
	private static final List<Arguments> HARMLESS = List.of(arguments("agent", Faults.changed(
			(pod) -> UnderTest.container(pod).getEnv().add(new EnvVar("JAVA_TOOL_OPTIONS", "-Dinjected=true", null))),
			"probes succeeded and "),
			arguments("memory", Faults.wantOfMemory(), "the container was started again for no probe: OOMKilled"),
			arguments("events", Faults.manyEvents(30), "probes succeeded and "));

	private Drill drill;

	@BeforeAll
	void prepare(Lab lab) {
		this.drill = new Drill(lab);
	}

	@ParameterizedTest(name = "{0}")
	@FieldSource("HARMLESS")
	void probesSurviveIt(String name, Sabotage sabotage, String because) {
		this.drill.assertOneCell(sabotage, name, "deny-both/pod-first/liveness/httpGet", Verdict.SURVIVES, because);
	}

	/** As a mesh may inject one: without the way out it is never ready. */
	@Test
	void aSidecarWhoseOwnProbeNeedsTheWayOut() {
		assertVerdicts(this.drill.run(Faults.changed((pod) -> {
			Container sidecar = Faults.sidecar(pod, "sleep 86400");
			sidecar.setReadinessProbe(new ProbeBuilder().withNewExec()
				.withCommand("sh", "-c", API_SERVER)
				.endExec()
				.withPeriodSeconds(1)
				.withTimeoutSeconds(3)
				.build());
			pod.getSpec().getContainers().add(sidecar);
		}), "mesh", "deny-both/pod-first"), 12, (_) -> Verdict.SURVIVES);
	}

	@Test
	void probesFromAnAddressThatTheNodeObjectDoesNotName() {
		assertVerdicts(this.drill.run(Faults.translatedProbes("198.51.100.139", true), "second", "deny-both/pod-first"),
				12, (_) -> Verdict.SURVIVES);
	}

	@Test
	void policiesWhoseArrivalCostsAPodSomeSecondsOfService() {
		this.drill.assertOneCell(Cut.everywhere().forRunningPodsOnly().until(Duration.ofSeconds(12)), "arrival",
				"deny-both/pod-first/readiness/httpGet", Verdict.BROKEN,
				" readiness probes failed before the policies were shown");
	}

}
