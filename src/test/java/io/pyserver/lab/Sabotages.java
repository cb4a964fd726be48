package io.pyserver.lab;

import io.pyserver.lab.k3s.ClusterTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.pyserver.lab.k3s.BuiltImage;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Turns;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.report.CellResult;
import io.pyserver.lab.shipped.ShippedPod;

import static io.pyserver.lab.Verdicts.assertVerdicts;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lab's own fire drill: whatever is made wrong, the verdict says so and names it. Too
 * long for every day; {@code -Dit.test=Sabotages} runs it. {@link NotEnforcedIT} and
 * {@link BrokenProbesIT}, one node of two, are two more.
 */
@ClusterTest(throwAway = true)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class Sabotages {

	private static final String ONE_CELL = "deny-both/pod-first/liveness/httpGet";

	private static final String STANDARD = "deny-both";

	/** One of eight pods and a smaller one are all that two cores carry. */
	private final Turns whole = new Turns(1);

	private final Turns few = new Turns(1);

	private K3sCluster cluster;

	private Lab lab;

	@BeforeAll
	void prepare(K3sCluster cluster, Lab lab) {
		this.cluster = cluster;
		this.lab = lab;
	}

	@Test
	void anEngineThatPolicesThePodsOwnNode() {
		List<CellResult> results = run(Cut.everywhere(), "policed", STANDARD);
		assertVerdicts(results, 24, (result) -> brokenIf(crossesTheNetwork(result)));
		results.stream()
			.filter(Sabotages::crossesTheNetwork)
			.forEach((result) -> assertThat(result.finding().because()).as(result.line())
				.anyMatch((reason) -> reason.startsWith("since ") && reason.contains(" probes failed")));
	}

	@Test
	void anEngineThatPolicesNewPodsOnly() {
		assertVerdicts(run(Cut.everywhere().forNewPodsOnly(), "new", STANDARD), 24,
				(result) -> brokenIf(crossesTheNetwork(result) && order(result) == Order.POLICY_FIRST));
	}

	@Test
	void anEngineThatPolicesRunningPodsOnly() {
		assertVerdicts(run(Cut.everywhere().forRunningPodsOnly(), "running", STANDARD), 24,
				(result) -> brokenIf(crossesTheNetwork(result) && order(result) == Order.POD_FIRST));
	}

	@Test
	void anEngineThatPolicesTwentySecondsAfterThePolicies() {
		List<CellResult> results = run(Cut.everywhere().after(Duration.ofSeconds(20)), "after", STANDARD);
		assertVerdicts(results, 24, (result) -> brokenIf(crossesTheNetwork(result)));
		assertThat(results.stream().flatMap((result) -> result.finding().because().stream()))
			.as("what the lab broke on purpose is no reason")
			.noneMatch((reason) -> (reason.contains("NOT_SERVING") || reason.contains("statuscode: 503")));
	}

	/** A connection is all that tcpSocket asks for, and the kernel is never late. */
	@Test
	void probesThatAreLetInAndAnsweredLate() {
		assertVerdicts(run(new LateAnswers(), "slow", "deny-both/pod-first/liveness,deny-both/pod-first/readiness"), 8,
				(result) -> brokenIf(result.evidence().cell().mechanism() != Mechanism.TCP_SOCKET));
	}

	@Test
	void aBystanderThatRestartsLaterThanThePodThatWasBroken() {
		List<CellResult> results = run(new LateRestart("pyserver-httpget", "pyserver-tcpsocket"), "bystander",
				"deny-both/pod-first/liveness/httpGet,deny-both/pod-first/liveness/tcpSocket");
		assertVerdicts(results, 2, (result) -> (result.evidence().cell().mechanism() == Mechanism.HTTP_GET)
				? Verdict.INCONCLUSIVE : Verdict.BROKEN);
		assertThat(results.getFirst().finding().because())
			.contains("liveness was broken, and it hit others as well: pyserver-tcpsocket");
	}

	@Test
	void policiesThatComeTwentySecondsLate() {
		Executor late = CompletableFuture.delayedExecutor(20, TimeUnit.SECONDS, Thread::startVirtualThread);
		assertOneCell(new Sabotage() {
			@Override
			public Ongoing apply(PodGroup pods, Runnable policies) {
				CompletableFuture<Void> applied = CompletableFuture.runAsync(policies, late);
				return applied::join;
			}
		}, "late", Verdict.NOT_ENFORCED, "under deny-both, outsider-to-pod was reached and had to be blocked");
	}

	@Test
	void aManifestWithoutLiveness() {
		assertOneCell(new Changed((pod) -> UnderTest.container(pod).setLivenessProbe(null)), "no-liveness",
				Verdict.INCONCLUSIVE, "the running pod has no liveness probe by httpGet");
	}

	@Test
	void aSidecarThatPretendsToBeTheKubelet() {
		String poll = "while :; do wget -q -O /dev/null --header 'Probe: liveness' -U kube-probe/1.34 http://127.0.0.1/; sleep 1; done";

		assertOneCell(new Changed((pod) -> pod.getSpec().getContainers().add(sidecar(pod, poll))), "sidecar",
				Verdict.INCONCLUSIVE, "requests pretended to be probes, from 127.0.0.1");
	}

	@Test
	void aSidecarThatWasInjectedInFront() {
		assertOneCell(new Changed((pod) -> pod.getSpec().getContainers().addFirst(sidecar(pod, "sleep 86400"))),
				"injected", Verdict.SURVIVES, "probes succeeded and ");
	}

	/**
	 * Without a policy: to an engine that has not made it so itself, the address is a
	 * stranger's.
	 */
	@Test
	void probesFromALinkLocalAddress() {
		List<CellResult> results = run(TranslatedProbes.linkLocal(), "link-local", "none/pod-first/liveness/httpGet");
		assertVerdicts(results, 1, (_) -> Verdict.SURVIVES);
		assertThat(results.getFirst().finding().because())
			.anyMatch((reason) -> reason.contains("are from " + TranslatedProbes.linkLocal().address() + ";"));
	}

	@Test
	void anImageOfAnotherBuild(@TempDir Path directory) throws IOException {
		Path other = directory.resolve("other-build.tar");
		OtherBuild.write(BuiltImage.ARCHIVE, this.cluster.image(), other);
		this.cluster.load(other);

		assertOneCell(new Changed((pod) -> UnderTest.container(pod).setImage(OtherBuild.NAME)), "other-build",
				Verdict.INCONCLUSIVE, ", not the one under test, " + this.cluster.imageIdentity());
	}

	private static Container sidecar(Pod pod, String script) {
		Container sidecar = ShippedPod.beside(pod, "sidecar", script);
		sidecar.setVolumeMounts(List.of());
		return sidecar;
	}

	private static Verdict brokenIf(boolean hit) {
		return hit ? Verdict.BROKEN : Verdict.SURVIVES;
	}

	private static boolean crossesTheNetwork(CellResult result) {
		return result.evidence().cell().mechanism().crossesTheNetwork();
	}

	private static Order order(CellResult result) {
		return result.evidence().cell().order();
	}

	private void assertOneCell(Sabotage sabotage, String name, Verdict verdict, String because) {
		List<CellResult> results = run(sabotage, name, ONE_CELL);
		assertVerdicts(results, 1, (_) -> verdict);
		assertThat(results.getFirst().finding().because()).as(results.getFirst().line())
			.anyMatch((reason) -> reason.contains(because));
	}

	private List<CellResult> run(Sabotage sabotage, String name, String cells) {
		try (Turns.Turn _ = (cells.equals(STANDARD) ? this.whole : this.few).take()) {
			return this.lab.sabotagedBy(sabotage, name).run(Selection.of(cells).cells()).cells();
		}
	}

}
