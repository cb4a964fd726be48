package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.PodBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.cluster.Sleeper;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Harm.Unready;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pods are waited for, and how long. */
@Execution(ExecutionMode.CONCURRENT)
class ReadinessTest {

	private static final String LISTENS = "2026-11-25T12:00:00Z {\"message\": \"Started PyserverApplication in 1 s\"}\n";

	private static final Cell CELL = Selection.of("deny-both").cells().getFirst();

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private PodUnderTest pod;

	@BeforeEach
	void start() {
		this.pod = this.lab.pod("a");
		this.lab.pods().print("a", LISTENS);
	}

	@Test
	void aPodThatIsReadyIsNotLate() {
		assertThat(await(Duration.ofSeconds(1))).containsExactly(this.pod);
		assertThat(this.pod.seen().isStopped()).as("whether it is stopped").isFalse();
	}

	/** Well before the limit. */
	@Test
	void aPodThatListensAndWhoseProbesFailIsGivenUp() {
		this.lab.pods().become("a", false, 0);
		this.lab.pods().complain("a", "Startup probe failed: i/o timeout", 3);
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "failed");

		assertThat(await(Duration.ofMinutes(5))).isEmpty();
		assertThat(seen()).returns("it takes requests, and its node did not find it ready", Observation::problem)
			.extracting((evidence) -> evidence.harm().unready())
			.returns(Kind.STARTUP, Unready::kind)
			.satisfies((unready) -> assertThat(unready.failed()).isGreaterThanOrEqualTo(3));
		assertThat(this.pod.seen().isRunning()).as("whether controls can be tried").isTrue();
	}

	/** Late as they may be. */
	@Test
	void aPodWhoseProbesGetThroughIsWaitedForUntilTheLimit() {
		this.lab.pods().become("a", false, 0);
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "failed");
		this.lab.pods().countEachSecond("a", Kind.STARTUP, "successful");

		assertThat(await(Duration.ofSeconds(6))).isEmpty();
		assertThat(seen()).returns("it takes requests, and its node did not find it ready", Observation::problem)
			.returns(null, (evidence) -> evidence.harm().unready());
	}

	@Test
	void aPodThatDoesNotRunIsWaitedForUntilTheLimit() {
		this.lab.pods().waitFor("a", "CrashLoopBackOff", "back-off");

		assertThat(await(Duration.ofSeconds(1))).isEmpty();
		assertThat(seen().problem()).isEqualTo("it was not ready again within 1 s");
		assertThat(this.pod.seen().isRunning()).as("whether controls can be tried").isFalse();
	}

	@Test
	void aPodThatNoNodeTakesIsNamedAndHoldsUpNoOther() {
		this.lab.cluster()
			.client()
			.resource(new PodBuilder(
					new Sleeper(this.lab.cluster(), this.lab.group().namespace()).companion("b", "other"))
				.withNewStatus()
				.withPhase("Pending")
				.endStatus()
				.build())
			.create();
		PodUnderTest other = new PodUnderTest(this.lab.group(), "b", "other", Mechanism.HTTP_GET, (_) -> null);
		Awaitility.await().until(() -> this.lab.group().pods().containsKey("b"));

		assertThat(new Readiness(this.lab.group(), Duration.ZERO, Duration.ofSeconds(1))
			.awaitAgain(List.of(this.pod, other), Duration.ofSeconds(20))).containsExactly(this.pod);
		assertThat(other.seen().observation(CELL, Duration.ofSeconds(1), null).problem())
			.isEqualTo("node other has not taken the pod: its kubelet does not answer");
	}

	/**
	 * With each cell on one node, a pod that is scheduled late still gets its time; with
	 * each on every node, one node may be away for good.
	 */
	@ParameterizedTest
	@CsvSource({ "false, PT5S", "true, PT20S" })
	void aPodThatNoNodeTakesHasLessTimeOnlyWhereTheOtherNodesAreAskedAsWell(boolean everyNode, Duration taken) {
		Lab each = FakeLab.on(this.lab.cluster(), everyNode);
		Setup setup = new Setup(each, this.lab.group(), List.of(), List.of(),
				new Controls(FakeLab::podToPod, each.settings().settle(), CELL.policy(), CELL.order()),
				new ProbeRecorder(this.lab.group(), List.of()));

		assertThat(setup.readiness()).returns(taken, Readiness::taken);
	}

	private List<PodUnderTest> await(Duration limit) {
		this.lab.experiment("deny-both", this.pod);
		return new Readiness(this.lab.group(), Duration.ZERO, Duration.ZERO).awaitAgain(List.of(this.pod), limit);
	}

	private Observation seen() {
		return this.pod.seen().observation(CELL, Duration.ofSeconds(1), null);
	}

}
