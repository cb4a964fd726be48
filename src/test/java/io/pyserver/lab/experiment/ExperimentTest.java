package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** What each step of an experiment observes, and why a step gives a pod up. */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExperimentTest {

	private static final String LIVENESS = "deny-both/httpGet/liveness/";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final PodUnderTest pod = this.lab.pod("a",
			Map.of(FakeLab.BREAK, () -> this.lab.pods().become("a", true, 1)));

	private Experiment watched;

	/** The pod is there from the beginning, and the policies are not applied. */
	@ParameterizedTest
	@CsvSource({ "policy-first, POLICY_APPLIED READY", "pod-first, READY POLICY_APPLIED" })
	void aRunTakesAllSteps(String order, String first) {
		this.lab.pods().accept("companion", "a");
		succeedEachSecond();
		this.lab.curlEndsWith(0);
		Experiment experiment = this.lab.experiment(LIVENESS + order, withPolicies(() -> this.lab.curlEndsWith(28)),
				this.pod);
		Observation observation = experiment.run(() -> {
		}).getFirst().observation();
		assertThat(observation.problem()).isNull();
		assertThat(marks(observation)).isEqualTo(first + " ENFORCED BROKEN RESTARTED POLICY_REMOVED");
		assertThat(attempts(observation)).containsExactly("BEFORE REACHED", "SETTLING TIMED_OUT", "DURING TIMED_OUT",
				"DURING TIMED_OUT", "AFTER REACHED");
		assertThat(observation.causality().followed()).as("restarted when its liveness was broken").isTrue();
	}

	/**
	 * Does something instead of applying the policies, and opens all connections again.
	 */
	private Sabotage withPolicies(Runnable something) {
		return new Sabotage() {

			@Override
			public Runnable apply(PodGroup pods, Runnable policies) {
				something.run();
				return () -> ExperimentTest.this.lab.curlEndsWith(0);
			}

		};
	}

	@Test
	void anOutsiderStandsInForAPodThatStartsUnderThePolicies() {
		this.lab.curlEndsWith(0);
		Experiment experiment = this.lab.experiment(LIVENESS + "policy-first", Sabotage.NONE,
				this.lab.underTest("later", "one"));
		experiment.observeBaseline();
		assertThat(attempts(experiment.observations().getFirst())).containsExactly("BEFORE REACHED");
	}

	@Test
	void theMarkOfAReadyPodHasTheTimeOfItsState() {
		Instant ready = this.pod.states().getLast().since();
		assertThat(awaitReady("policy-first").marks()).containsExactly(new Mark(ready, Mark.What.READY));
	}

	@ParameterizedTest
	@CsvSource({ "policy-first, 'the pod was not ready within 5 s; lab.ready gives it longer'",
			"pod-first, 'already before any policy the pod was not ready'" })
	void aPodThatIsNotReadyIsGivenUpWithTheReason(String order, String problem) {
		this.lab.pods().become("a", false, 0);
		assertThat(awaitReady(order)).returns(List.of(), Observation::marks).returns(problem, Observation::problem);
	}

	/**
	 * Before any policy, a pod that is not ready says nothing about policies. The lab
	 * looks after 4 s; the pod has 8 s here, because a busy machine reads the first log
	 * slowly.
	 */
	@ParameterizedTest
	@CsvSource({ "policy-first, true", "pod-first, false" })
	void controlsOfAPodThatListensAndIsNotReadyAreTriedIfThePoliciesCameFirst(String order, boolean tried) {
		this.lab.pods().print("a", "2026-11-25T12:00:00Z {\"message\": \"Started PyserverApplication in 1 s\"}\n");
		this.lab.pods().become("a", false, 0);
		this.lab.experiment(LIVENESS + order, Sabotage.NONE, this.pod).awaitReady(Instant.now().plusSeconds(3));
		assertThat(this.pod.seen()).returns(true, ObservationBuilder::isGivenUp)
			.returns(tried, ObservationBuilder::isRunning);
	}

	/** The pod was started so long ago that no time to become ready is left. */
	private Observation awaitReady(String order) {
		Experiment experiment = this.lab.experiment(LIVENESS + order, Sabotage.NONE, this.pod);
		experiment.awaitReady(Instant.now().minusSeconds(5));
		return experiment.observations().getFirst();
	}

	/** Two rounds are tried however long they take. */
	@Test
	void controlsAreTriedUntilAllAreAsExpected() {
		AtomicInteger tried = new AtomicInteger();
		this.lab.curlEndsWith(28);
		this.lab.cluster()
			.shells()
			.put("companion", (command) -> FakeLab.controls(command, (tried.incrementAndGet() < 2) ? 0 : 28));
		Observation observation = awaitEnforcement(this.pod).getFirst();
		assertThat(attempts(observation)).containsExactly("SETTLING REACHED", "SETTLING TIMED_OUT", "DURING TIMED_OUT");
		assertThat(observation.probes()).isNotNull();
	}

	@Test
	void aPodWhoseControlsStayOpenIsGivenUp() {
		this.lab.curlEndsWith(0);
		assertThat(awaitEnforcement(this.pod)).first()
			.returns(null, Observation::probes)
			.returns(List.of(), Observation::marks)
			.returns("the controls did not show enforcement within 1 s", Observation::problem);
	}

	@Test
	void onlyThePodInWhichNoCommandCanRunIsGivenUp() {
		this.lab.curlEndsWith(7);
		PodUnderTest other = this.lab.pod("b");
		this.lab.cluster().shells().remove("b");
		assertThat(awaitEnforcement(this.pod, other)).extracting(Observation::problem)
			.containsExactly(null, "the controls could not be tried: no command can be run in pod b");
	}

	private List<Observation> awaitEnforcement(PodUnderTest... pods) {
		Experiment experiment = this.lab.experiment(LIVENESS + "policy-first", Sabotage.NONE, pods);
		experiment.awaitEnforcement();
		return experiment.observations();
	}

	@Test
	void allPodsAreGivenUpIfApplyingPoliciesTakesTooLong() {
		this.lab.cluster()
			.server()
			.expect()
			.patch()
			.withPath(
					"/apis/networking.k8s.io/v1/namespaces/%s/networkpolicies/default-deny-ingress?fieldManager=pyserver-lab&force=true"
						.formatted(this.lab.group().namespace()))
			.andReply(200, (_) -> {
				await().pollDelay(Duration.ofMillis(2100)).until(() -> true);
				return "{\"metadata\": {\"creationTimestamp\": \"2026-11-25T12:00:00Z\"}}";
			})
			.once();
		Experiment experiment = this.lab.experiment("deny-ingress/httpGet/liveness/pod-first", Sabotage.NONE, this.pod);
		experiment.giveUpOnFailure(experiment::applyPolicies);
		assertThat(experiment.observations().getFirst().problem())
			.matches("to apply the policies took \\d+ s, longer than lab.settle allows: 1 s");
	}

	@Test
	void aPodWhoseProbesSucceedToTheEndIsWell() {
		Instant start = Instant.now();
		assertThat(watchWhile(() -> {
		}).probes().until()).isEqualTo("2099-11-25T12:00:09Z");
		assertThat(this.pod.seen().isWell()).as("whether it is well").isTrue();
		assertThat(this.pod.probes(Kind.LIVENESS).since(start.plusSeconds(4)).successful())
			.as("liveness probes that succeeded after the 4 s of the watch")
			.isPositive();
	}

	@Test
	void aPodWhoseProbesFailIsGivenUp() {
		assertThat(watchWhile(() -> this.lab.pods().countEachSecond("a", Kind.READINESS, "failed")).problem())
			.isEqualTo("its probes failed with nothing broken on purpose");
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void aPodWhoseControlsCannotBeTriedIsGivenUp() {
		assertThat(watchWhile(() -> this.lab.cluster().shells().remove("companion")).problem())
			.isEqualTo("the controls could not be tried while probes were watched");
	}

	@Test
	void aRestartForFailedProbesIsDistinguishedFromOthers() {
		Observation observation = watchWhile(() -> {
			this.lab.pods().count("a", Kind.LIVENESS, "failed", 3);
			this.watched.setup().recorder().readNow();
			this.lab.pods().become("a", true, 1);
		});
		assertThat(observation.harm().restarts()).extracting(Restart::byProbe).containsExactly(true);
		assertThat(this.pod.seen()).returns(false, ObservationBuilder::isWell)
			.matches(ObservationBuilder::wasRestarted);
	}

	@Test
	void aPodWhoseContainerTheKernelKilledIsNotGivenUp() {
		Observation observation = watchWhile(() -> this.lab.pods().restartAfter("a", "OOMKilled", 1));
		assertThat(observation.harm().restarts()).extracting(Restart::byProbe, Restart::reason)
			.containsExactly(tuple(false, "OOMKilled, exit code 137"));
		assertThat(this.pod.seen().isWell()).as("whether it is well").isTrue();
	}

	private Observation watchWhile(Runnable something) {
		this.lab.curlEndsWith(28);
		this.lab.pods().print("a", FakeLab.probed("2099-11-25T12:00:09Z"));
		succeedEachSecond();
		this.watched = this.lab.experiment(LIVENESS + "pod-first", new Sabotage() {

			@Override
			public void start(List<PodUnderTest> pods) {
				something.run();
			}

		}, this.pod);
		this.pod.seen().enforced(Instant.now());
		this.watched.watch();
		return this.watched.observations().getFirst();
	}

	private void succeedEachSecond() {
		this.lab.pods().countEachSecond("a", Kind.LIVENESS, "successful");
		this.lab.pods().countEachSecond("a", Kind.READINESS, "successful");
	}

	private static String marks(Observation observation) {
		return String.join(" ", observation.marks().stream().map((mark) -> mark.what().name()).toList());
	}

	private static List<String> attempts(Observation observation) {
		return observation.controls()
			.stream()
			.filter((tried) -> tried.control() == Control.POD_TO_POD)
			.flatMap((tried) -> tried.attempts().stream())
			.map((attempt) -> attempt.phase() + " " + attempt.reach())
			.toList();
	}

}
