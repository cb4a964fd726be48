package io.pyserver.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
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

import io.pyserver.lab.cluster.ConcurrencyLimit;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.k3s.BuiltImage;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.report.LabRun.CellResult;

import static io.pyserver.lab.Drill.brokenIf;
import static io.pyserver.lab.Drill.crossesTheNetwork;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Faults of engines and of workloads, and the verdicts that they have to give.
 * {@code -Dit.test=Sabotages} runs it, because it takes too long for every day.
 * {@link NotEnforcedIT} and {@link BrokenProbesIT} are two more.
 */
@ClusterTest(throwAway = true)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class Sabotages {

	private static final String STANDARD = "deny-both";

	private static final String ONE_CELL = "deny-both/pod-first/liveness/httpGet";

	private static final String POSE_AS_KUBELET = "while :; do wget -q -O /dev/null --header 'Probe: liveness' -U kube-probe/1.34 http://127.0.0.1/; sleep 1; done";

	/**
	 * The link-local address is tried without a policy: an engine that has not assigned
	 * it itself would block it.
	 */
	private static final List<Arguments> OF_ONE_CELL = List.of(
			arguments("late", ONE_CELL, Faults.latePolicies(20), Verdict.NOT_ENFORCED,
					"under deny-both, outsider-to-pod was reached and had to be blocked"),
			arguments("no-liveness", ONE_CELL,
					Faults.changed((pod) -> ContainerUnderTest.container(pod).setLivenessProbe(null)),
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

	/** Two cores can run one experiment of eight pods and a smaller one at once. */
	private final ConcurrencyLimit whole = new ConcurrencyLimit(1);

	private final ConcurrencyLimit few = new ConcurrencyLimit(1);

	private K3sCluster cluster;

	private Drill drill;

	@BeforeAll
	void prepare(K3sCluster cluster, Lab lab) {
		this.cluster = cluster;
		this.drill = new Drill(lab);
	}

	@Test
	void theEngineBlocksThePodsOwnNode() {
		try (ConcurrencyLimit.Permit _ = this.whole.acquire()) {
			this.drill.run(Cut.everywhere(), "policed", STANDARD, 24, (result) -> brokenIf(crossesTheNetwork(result)))
				.stream()
				.filter(Drill::crossesTheNetwork)
				.forEach((result) -> assertThat(result.finding().because()).as(result.line())
					.anyMatch((reason) -> reason.startsWith("since ") && reason.contains(" probes failed")));
		}
	}

	@ParameterizedTest
	@EnumSource
	void theEngineBlocksThePodsOwnNodeInOneOrderOnly(Order order) {
		Cut cut = (order == Order.POLICY_FIRST) ? Cut.everywhere().forNewPodsOnly()
				: Cut.everywhere().forRunningPodsOnly();
		try (ConcurrencyLimit.Permit _ = this.whole.acquire()) {
			this.drill.run(cut, order.label(), STANDARD, 24,
					(result) -> brokenIf(crossesTheNetwork(result) && result.observation().cell().order() == order));
		}
	}

	@Test
	void theEngineBlocksThePodsOwnNodeTwentySecondsAfterThePolicies() {
		try (ConcurrencyLimit.Permit _ = this.whole.acquire()) {
			List<CellResult> results = this.drill.run(Cut.everywhere().after(Duration.ofSeconds(20)), "after", STANDARD,
					24, (result) -> brokenIf(crossesTheNetwork(result)));
			assertThat(results.stream().flatMap((result) -> result.finding().because().stream()))
				.as("what the lab broke on purpose is no reason")
				.noneMatch((reason) -> (reason.contains("NOT_SERVING") || reason.contains("statuscode: 503")));
		}
	}

	/** A tcpSocket probe needs a connection only, which the kernel opens in time. */
	@Test
	void probesAreAnsweredLate() {
		try (ConcurrencyLimit.Permit _ = this.few.acquire()) {
			this.drill.run(Faults.lateAnswers(), "slow", "deny-both/pod-first/liveness,deny-both/pod-first/readiness",
					8, (result) -> brokenIf(Drill.mechanism(result) != Mechanism.TCP_SOCKET));
		}
	}

	@Test
	void anotherPodRestartsLaterThanTheOneThatWasBroken() {
		try (ConcurrencyLimit.Permit _ = this.few.acquire()) {
			List<CellResult> results = this.drill.run(Faults.lateRestart("pyserver-httpget", "pyserver-tcpsocket"),
					"bystander", "deny-both/pod-first/liveness/httpGet,deny-both/pod-first/liveness/tcpSocket", 2,
					(result) -> (Drill.mechanism(result) == Mechanism.HTTP_GET) ? Verdict.INCONCLUSIVE
							: Verdict.BROKEN);
			assertThat(results.getFirst().finding().because())
				.contains("liveness was broken, and it hit others as well: pyserver-tcpsocket");
		}
	}

	@ParameterizedTest(name = "{0}")
	@FieldSource("OF_ONE_CELL")
	void theReasonNamesTheFault(String name, String cell, Sabotage fault, Verdict verdict, String reason) {
		try (ConcurrencyLimit.Permit _ = this.few.acquire()) {
			this.drill.runOne(fault, name, cell, verdict, reason);
		}
	}

	@Test
	void thePodsRunTheImageOfAnotherBuild(@TempDir Path directory) throws IOException {
		String other = "pyserver:other-build";
		Path archive = directory.resolve("other-build.tar");
		writeOtherBuild(archive, other);
		this.cluster.load(archive);

		theReasonNamesTheFault("other-build", ONE_CELL,
				Faults.changed((pod) -> ContainerUnderTest.container(pod).setImage(other)), Verdict.INCONCLUSIVE,
				", not the one under test, " + this.cluster.imageIdentity());
	}

	/**
	 * Writes the archive of the image under test with another name and, in its
	 * configuration, another time, which gives it another identity.
	 */
	private void writeOtherBuild(Path archive, String name) throws IOException {
		try (TarArchiveInputStream from = new TarArchiveInputStream(Files.newInputStream(BuiltImage.ARCHIVE));
				TarArchiveOutputStream to = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
			for (TarArchiveEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
				byte[] content = from.readAllBytes();
				if (entry.getName().endsWith(".json")) {
					content = new String(content, StandardCharsets.UTF_8).replace(this.cluster.image(), name)
						.replaceAll("\"created\":\"\\d{4}-", "\"created\":\"1971-")
						.getBytes(StandardCharsets.UTF_8);
				}
				entry.setSize(content.length);
				to.putArchiveEntry(entry);
				to.write(content);
				to.closeArchiveEntry();
			}
		}
	}

}
