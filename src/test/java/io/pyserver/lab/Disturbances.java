package io.pyserver.lab;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.k3s.ClusterTest;

import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What happens on ordinary clusters without the policies, and once a short effect of the
 * policies. {@code -Dit.test=Disturbances} runs it.
 */
@ClusterTest(throwAway = true)
@TestInstance(Lifecycle.PER_CLASS)
class Disturbances {

	private static final String API_SERVER = "wget -q -T 2 -O /dev/null http://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/ 2>&1 | grep -q 'server returned error'";

	/**
	 * An injected agent makes each JVM print a line that is not JSON. A kubelet sends no
	 * more than about 25 events of a pod in a row.
	 */
	private static final List<Arguments> OF_ONE_CELL = List.of(
			arguments("agent", "liveness",
					Faults.changed((pod) -> ContainerUnderTest.container(pod)
						.getEnv()
						.add(new EnvVar("JAVA_TOOL_OPTIONS", "-Dinjected=true", null))),
					Verdict.SURVIVES, "probes succeeded and "),
			arguments("memory", "liveness", Faults.wantOfMemory(), Verdict.SURVIVES,
					"the container was started again for no probe: OOMKilled"),
			arguments("events", "liveness", Faults.manyEvents(30), Verdict.SURVIVES, "probes succeeded and "),
			arguments("arrival", "readiness", Cut.everywhere().forRunningPodsOnly().until(Duration.ofSeconds(12)),
					Verdict.BROKEN, " readiness probes failed before the policies were shown"));

	/** A mesh may inject a sidecar that is only ready while it has egress. */
	private static final List<Arguments> HARMLESS = List.of(
			arguments("mesh", Faults.changed(Disturbances::addSidecarThatNeedsEgress)),
			arguments("second", Faults.translatedProbes("198.51.100.139", true)));

	private Drill drill;

	@BeforeAll
	void prepare(Lab lab) {
		this.drill = new Drill(lab);
	}

	@ParameterizedTest(name = "{0}")
	@FieldSource("OF_ONE_CELL")
	void theReasonNamesTheDisturbance(String name, String kind, Sabotage fault, Verdict verdict, String reason) {
		this.drill.runOne(fault, name, "deny-both/pod-first/httpGet/" + kind, verdict, reason);
	}

	@ParameterizedTest(name = "{0}")
	@FieldSource("HARMLESS")
	void allProbesSurviveTheDisturbance(String name, Sabotage fault) {
		this.drill.run(fault, name, "deny-both/pod-first", 12, (_) -> Verdict.SURVIVES);
	}

	private static void addSidecarThatNeedsEgress(Pod pod) {
		Container sidecar = Faults.sidecar(pod, "sleep 86400");
		sidecar.setReadinessProbe(new ProbeBuilder().withNewExec()
			.withCommand("sh", "-c", API_SERVER)
			.endExec()
			.withPeriodSeconds(1)
			.withTimeoutSeconds(3)
			.build());
		pod.getSpec().getContainers().add(sidecar);
	}

}
