package io.pyserver.lab;

import io.pyserver.lab.k3s.ClusterTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import io.pyserver.lab.k3s.BuiltImage;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.report.CellResult;

import static io.pyserver.lab.Drill.assertVerdicts;
import static io.pyserver.lab.Drill.brokenIf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The lab's own fire drill: whatever is made wrong, the verdict says so and names it. Too
 * long for every day; {@code -Dit.test=Sabotages} runs it. {@link NotEnforcedIT} and
 * {@link BrokenProbesIT}, one node of two, are two more.
 */
@ClusterTest(throwAway = true)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class Sabotages {

	private static final String STANDARD = "deny-both";

	private static final String ONE_CELL = "deny-both/pod-first/liveness/httpGet";

	private static final String POSE_AS_KUBELET = "while :; do wget -q -O /dev/null --header 'Probe: liveness' -U kube-probe/1.34 http://127.0.0.1/; sleep 1; done";

	/**
	 * The address of {@code link-local} is tried without a policy: to an engine that has
	 * not made it so itself, it is a stranger's.
	 */
	private static final List<Arguments> OF_ONE_CELL = List.of(
			arguments("late", ONE_CELL, Faults.latePolicies(20), Verdict.NOT_ENFORCED,
					"under deny-both, outsider-to-pod was reached and had to be blocked"),
			arguments("no-liveness", ONE_CELL, Faults.changed((pod) -> UnderTest.container(pod).setLivenessProbe(null)),
					Verdict.INCONCLUSIVE, "the running pod has no liveness probe by httpGet"),
			arguments("sidecar", ONE_CELL,
					Faults.changed((pod) -> pod.getSpec().getContainers().add(Faults.sidecar(pod, POSE_AS_KUBELET))),
					Verdict.INCONCLUSIVE, "requests pretended to be probes, from 127.0.0.1"),
			arguments("injected", ONE_CELL,
					Faults.changed((pod) -> pod.getSpec().getContainers().addFirst(Faults.sidecar(pod, "sleep 86400"))),
					Verdict.SURVIVES, "probes succeeded and "),
			arguments("link-local", "none/pod-first/liveness/httpGet",
					Faults.translatedProbes(Faults.LINK_LOCAL, false), Verdict.SURVIVES,
					"are from " + Faults.LINK_LOCAL + ";"));

	/** One of eight pods and a smaller one are all that two cores carry. */
	private final Semaphore whole = new Semaphore(1, true);

	private final Semaphore few = new Semaphore(1, true);

	private K3sCluster cluster;

	private Drill drill;

	@BeforeAll
	void prepare(K3sCluster cluster, Lab lab) {
		this.cluster = cluster;
		this.drill = new Drill(lab);
	}

	@Test
	void anEngineThatPolicesThePodsOwnNode() throws InterruptedException {
		List<CellResult> results = whole(Cut.everywhere(), "policed");
		assertVerdicts(results, 24, (result) -> brokenIf(crossesTheNetwork(result)));
		results.stream()
			.filter(Sabotages::crossesTheNetwork)
			.forEach((result) -> assertThat(result.finding().because()).as(result.line())
				.anyMatch((reason) -> reason.startsWith("since ") && reason.contains(" probes failed")));
	}

	@ParameterizedTest
	@EnumSource
	void anEngineThatPolicesPodsOfOneOrderOnly(Order order) throws InterruptedException {
		Cut cut = (order == Order.POLICY_FIRST) ? Cut.everywhere().forNewPodsOnly()
				: Cut.everywhere().forRunningPodsOnly();
		assertVerdicts(whole(cut, order.label()), 24,
				(result) -> brokenIf(crossesTheNetwork(result) && result.observation().cell().order() == order));
	}

	@Test
	void anEngineThatPolicesTwentySecondsAfterThePolicies() throws InterruptedException {
		List<CellResult> results = whole(Cut.everywhere().after(Duration.ofSeconds(20)), "after");
		assertVerdicts(results, 24, (result) -> brokenIf(crossesTheNetwork(result)));
		assertThat(results.stream().flatMap((result) -> result.finding().because().stream()))
			.as("what the lab broke on purpose is no reason")
			.noneMatch((reason) -> (reason.contains("NOT_SERVING") || reason.contains("statuscode: 503")));
	}

	/** A connection is all that tcpSocket asks for, and the kernel is never late. */
	@Test
	void probesThatAreLetInAndAnsweredLate() throws InterruptedException {
		assertVerdicts(few(Faults.lateAnswers(), "slow", "deny-both/pod-first/liveness,deny-both/pod-first/readiness"),
				8, (result) -> brokenIf(Drill.mechanism(result) != Mechanism.TCP_SOCKET));
	}

	@Test
	void aBystanderThatRestartsLaterThanThePodThatWasBroken() throws InterruptedException {
		List<CellResult> results = few(Faults.lateRestart("pyserver-httpget", "pyserver-tcpsocket"), "bystander",
				"deny-both/pod-first/liveness/httpGet,deny-both/pod-first/liveness/tcpSocket");
		assertVerdicts(results, 2,
				(result) -> (Drill.mechanism(result) == Mechanism.HTTP_GET) ? Verdict.INCONCLUSIVE : Verdict.BROKEN);
		assertThat(results.getFirst().finding().because())
			.contains("liveness was broken, and it hit others as well: pyserver-tcpsocket");
	}

	@ParameterizedTest(name = "{0}")
	@FieldSource("OF_ONE_CELL")
	void theVerdictNamesIt(String name, String cell, Sabotage sabotage, Verdict verdict, String because)
			throws InterruptedException {
		oneByOne(this.few, () -> {
			this.drill.assertOneCell(sabotage, name, cell, verdict, because);
			return null;
		});
	}

	@Test
	void anImageOfAnotherBuild(@TempDir Path directory) throws Exception {
		Path other = directory.resolve("other-build.tar");
		OtherBuild.write(BuiltImage.ARCHIVE, this.cluster.image(), other);
		this.cluster.load(other);

		theVerdictNamesIt("other-build", ONE_CELL,
				Faults.changed((pod) -> UnderTest.container(pod).setImage(OtherBuild.NAME)), Verdict.INCONCLUSIVE,
				", not the one under test, " + this.cluster.imageIdentity());
	}

	private static boolean crossesTheNetwork(CellResult result) {
		return Drill.mechanism(result).crossesTheNetwork();
	}

	private List<CellResult> whole(Sabotage sabotage, String name) throws InterruptedException {
		return oneByOne(this.whole, () -> this.drill.run(sabotage, name, STANDARD));
	}

	private List<CellResult> few(Sabotage sabotage, String name, String cells) throws InterruptedException {
		return oneByOne(this.few, () -> this.drill.run(sabotage, name, cells));
	}

	private static <T> T oneByOne(Semaphore semaphore, Supplier<T> run) throws InterruptedException {
		semaphore.acquire();
		try {
			return run.get();
		}
		finally {
			semaphore.release();
		}
	}

}
