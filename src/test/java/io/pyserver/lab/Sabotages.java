package io.pyserver.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.fabric8.kubernetes.api.model.EnvVar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.pyserver.lab.Drill.Expected;
import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.k3s.BuiltImage;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.report.LabRun.CellResult;

import static io.pyserver.lab.Drill.brokenIf;
import static io.pyserver.lab.Drill.ofOneCell;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults of engines and of workloads, what happens on ordinary clusters without the
 * policies, and the verdicts that have to follow. {@code -Dit.test=Sabotages} runs it,
 * because it takes too long for every day. {@link NotEnforcedIT}, {@link BrokenProbesIT}
 * and {@link OneFamily} have more drills.
 */
@ClusterTest(throwAway = true)
@Execution(ExecutionMode.CONCURRENT)
class Sabotages {

	/** All cells of one policy. */
	private static final String STANDARD = "deny-both";

	private static final int ALL = 24;

	private static final String POD_FIRST = "deny-both/pod-first";

	private static final String ONE_CELL = "deny-both/pod-first/liveness/httpGet";

	private static final String FAILED = "^since .* probes failed";

	private static final String SUCCEEDED = "probes succeeded and ";

	/**
	 * Those that take longest begin first: without a liveness probe, the lab waits for a
	 * restart that never comes. A tcpSocket probe needs a connection only, which the
	 * kernel opens in time, also if answers are late. The link-local address is tried
	 * without a policy: an engine that has not assigned it itself would block it.
	 */
	private static final List<Drill> FAULTS = List.of(
			ofOneCell("no-liveness", ONE_CELL,
					Faults.changed((pod) -> ContainerUnderTest.container(pod).setLivenessProbe(null)),
					Verdict.INCONCLUSIVE, "the running pod has no liveness probe by httpGet"),
			inOneOrder(Order.POD_FIRST), inOneOrder(Order.POLICY_FIRST),
			new Drill("slow", "deny-both/pod-first/liveness,deny-both/pod-first/readiness", 8, Faults.lateAnswers(),
					brokenIf((result) -> Drill.mechanism(result) != Mechanism.TCP_SOCKET, "")),
			new Drill("bystander", "deny-both/pod-first/liveness/httpGet,deny-both/pod-first/liveness/tcpSocket", 2,
					Faults.lateRestart("pyserver-httpget", "pyserver-tcpsocket"), Sabotages::brokenPodOrBystander),
			ofOneCell("late", ONE_CELL, Faults.latePolicies(), Verdict.NOT_ENFORCED,
					"under deny-both, outsider-to-pod was reached and had to be blocked"),
			ofOneCell("sidecar", ONE_CELL, Faults.changed(Faults::addSidecarThatPosesAsKubelet), Verdict.INCONCLUSIVE,
					"requests pretended to be probes, from 127.0.0.1"),
			ofOneCell("injected", ONE_CELL,
					Faults.changed((pod) -> pod.getSpec().getContainers().addFirst(Faults.sidecar(pod, "sleep 86400"))),
					Verdict.SURVIVES, SUCCEEDED),
			ofOneCell("link-local", "none/pod-first/liveness/httpGet",
					Faults.translatedProbes(Faults.LINK_LOCAL, false), Verdict.SURVIVES,
					"are from " + Faults.LINK_LOCAL + ";"));

	/**
	 * An injected agent makes each JVM print a line that is not JSON. A kubelet sends no
	 * more than about 25 events of a pod in a row. A mesh may inject a sidecar that is
	 * only ready while it has egress.
	 */
	private static final List<Drill> DISTURBANCES = List.of(
			ofOneCell("agent", ONE_CELL,
					Faults.changed((pod) -> ContainerUnderTest.container(pod)
						.getEnv()
						.add(new EnvVar("JAVA_TOOL_OPTIONS", "-Dinjected=true", null))),
					Verdict.SURVIVES, SUCCEEDED),
			ofOneCell("memory", ONE_CELL, Faults.wantOfMemory(), Verdict.SURVIVES,
					"the container was started again for no probe: OOMKilled"),
			ofOneCell("events", ONE_CELL, Faults.manyEvents(30), Verdict.SURVIVES, SUCCEEDED),
			ofOneCell("arrival", "deny-both/pod-first/readiness/httpGet",
					new Cut((_) -> true, Set.of(Order.POD_FIRST), Duration.ZERO, Duration.ofSeconds(12)),
					Verdict.BROKEN, " readiness probes failed before the policies were shown"),
			new Drill("mesh", POD_FIRST, 12, Faults.changed(Faults::addSidecarThatNeedsEgress), (_) -> Drill.SURVIVES),
			new Drill("second", POD_FIRST, 12, Faults.translatedProbes("198.51.100.139", true), (_) -> Drill.SURVIVES));

	/** Two cores can run two times eight pods and three smaller experiments at once. */
	private static final ConcurrencyLimit WHOLE = new ConcurrencyLimit(2);

	private static final ConcurrencyLimit FEW = new ConcurrencyLimit(3);

	@ParameterizedTest(name = "{0}")
	@FieldSource({ "FAULTS", "DISTURBANCES" })
	void theVerdictsFollowFromTheFault(Drill drill, Lab lab) {
		run(drill, lab);
	}

	@Test
	void theEngineBlocksThePodsOwnNodeTwentySecondsAfterThePolicies(Lab lab) {
		List<CellResult> results = run(new Drill("after", STANDARD, ALL,
				new Cut((_) -> true, Set.of(Order.values()), Duration.ofSeconds(20), null),
				brokenIf(Drill::crossesTheNetwork, "")), lab);
		assertThat(results.stream().flatMap((result) -> result.finding().because().stream()))
			.as("what the lab broke on purpose is no reason")
			.noneMatch((reason) -> (reason.contains("NOT_SERVING") || reason.contains("statuscode: 503")));
	}

	@Test
	void thePodsRunTheImageOfAnotherBuild(K3sCluster cluster, Lab lab, @TempDir Path directory) throws IOException {
		Path archive = directory.resolve("other-build.tar");
		String other = BuiltImage.writeOtherBuild(archive, cluster.image());
		cluster.k3s().load(archive);

		run(ofOneCell("other-build", ONE_CELL,
				Faults.changed((pod) -> ContainerUnderTest.container(pod).setImage(other)), Verdict.INCONCLUSIVE,
				", not the one under test, " + cluster.imageIdentity()), lab);
	}

	private static List<CellResult> run(Drill drill, Lab lab) {
		try (ConcurrencyLimit.Permit _ = ((drill.count() == ALL) ? WHOLE : FEW).acquire()) {
			return drill.run(lab);
		}
	}

	private static Drill inOneOrder(Order order) {
		return new Drill(order.label(), STANDARD, ALL, Cut.everywhere(order), brokenIf(
				(result) -> Drill.crossesTheNetwork(result) && result.observation().cell().order() == order, FAILED));
	}

	/** The pod that the lab broke is the one with httpGet. */
	private static Expected brokenPodOrBystander(CellResult result) {
		return (Drill.mechanism(result) == Mechanism.HTTP_GET)
				? new Expected(Verdict.INCONCLUSIVE,
						"^liveness was broken, and it hit others as well: pyserver-tcpsocket$")
				: new Expected(Verdict.BROKEN, "");
	}

}
