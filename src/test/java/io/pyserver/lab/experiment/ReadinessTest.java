package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.PodBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.evidence.Observation.Unready;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Selection;

import static org.assertj.core.api.Assertions.assertThat;

/** For which pods the lab waits, and how long. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class ReadinessTest {

	private static final String NOT_FOUND_READY = "it takes requests, and its node did not find it ready";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final PodUnderTest pod = this.lab.pod("a");

	@BeforeEach
	void listen() {
		this.lab.pods().print("a", "2026-11-25T12:00:00Z {\"message\": \"Started PyserverApplication in 1 s\"}\n");
	}

	@Test
	void aPodThatIsReadyIsNotGivenUp() {
		assertThat(await(Duration.ofSeconds(1))).containsExactly(this.pod);
		assertThat(seen(this.pod).problem()).isNull();
	}

	@Test
	void aPodThatListensAndWhoseProbesFailIsGivenUpBeforeTheLimit() {
		this.lab.pods().become("a", false, 0);
		this.lab.pods().complain("a", "Startup probe failed: i/o timeout", 3);
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "failed");
		assertThat(await(Duration.ofMinutes(5))).isEmpty();
		assertThat(seen(this.pod)).returns(NOT_FOUND_READY, Observation::problem)
			.extracting((observation) -> observation.harm().unready())
			.returns(Kind.STARTUP, Unready::kind)
			.satisfies((unready) -> assertThat(unready.failed()).isGreaterThanOrEqualTo(3));
		assertThat(this.pod.seen().isRunning()).as("whether controls can be tried").isTrue();
	}

	@Test
	void theLabWaitsUntilTheLimitForAPodOfWhichSomeProbesSucceed() {
		this.lab.pods().become("a", false, 0);
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "failed");
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "successful");
		assertThat(await(Duration.ofSeconds(6))).isEmpty();
		assertThat(seen(this.pod)).returns(NOT_FOUND_READY, Observation::problem)
			.returns(null, (observation) -> observation.harm().unready());
	}

	@Test
	void theLabWaitsUntilTheLimitForAPodThatDoesNotRun() {
		this.lab.pods().waitFor("a", "CrashLoopBackOff", "back-off");
		assertThat(await(Duration.ofSeconds(1))).isEmpty();
		assertThat(seen(this.pod).problem()).isEqualTo("it was not ready again within 1 s");
		assertThat(this.pod.seen().isRunning()).as("whether controls can be tried").isFalse();
	}

	@Test
	void onlyThePodThatNoNodeAcceptsIsGivenUp() {
		PodUnderTest other = this.lab.underTest("b", "other");
		this.lab.cluster()
			.client()
			.resource(new PodBuilder(new Sleeper(this.lab.group()).companion("b", "other")).withNewStatus()
				.withPhase("Pending")
				.endStatus()
				.build())
			.create();
		Awaitility.await().until(() -> this.lab.group().pods().containsKey("b"));
		assertThat(new Readiness(this.lab.group(), Duration.ZERO, Duration.ofSeconds(1))
			.awaitAgain(List.of(this.pod, other), Duration.ofSeconds(20))).containsExactly(this.pod);
		assertThat(seen(other).problem()).isEqualTo("node other has not taken the pod: its kubelet does not answer");
	}

	/** With each cell on one node, a pod that is scheduled late still has its time. */
	@ParameterizedTest
	@CsvSource({ "false, PT5S", "true, PT20S" })
	void theLabWaitsLessForAPodThatNoNodeAcceptsIfEachCellRunsOnEveryNode(boolean everyNode, Duration accepted) {
		Lab each = FakeLab.on(this.lab.cluster(), everyNode);
		Setup setup = each.experiments(Selection.of(null).cells()).getFirst().setup();
		assertThat(setup.readiness()).returns(accepted, Readiness::accepted);
	}

	private List<PodUnderTest> await(Duration limit) {
		this.lab.experiment("deny-both", Sabotage.NONE, this.pod);
		return new Readiness(this.lab.group(), Duration.ZERO, Duration.ZERO).awaitAgain(List.of(this.pod), limit);
	}

	private static Observation seen(PodUnderTest pod) {
		return pod.seen().observation(Selection.of("deny-both").cells().getFirst(), null);
	}

}
