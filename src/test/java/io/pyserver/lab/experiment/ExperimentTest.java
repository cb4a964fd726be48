package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.ControlEvidence.Phase;
import io.pyserver.lab.evidence.ControlEvidence.Reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** What is seen at each step, and said where one does not lead on. */
class ExperimentTest {

	private static final String LIVENESS = "deny-both/httpGet/liveness/";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final PodUnderTest pod = this.lab.pod("a");

	private Experiment experiment;

	@BeforeEach
	void start() {
		this.lab.cluster().createNode("one", "172.18.0.2");
	}

	@Test
	void aPodIsReadySinceItsWatchSaysSo() {
		Instant ready = this.lab.group().states("a").getLast().since();

		assertThat(awaitReady("policy-first")).returns(null, Observation::problem)
			.returns("a", (evidence) -> evidence.subject().pod())
			.satisfies((evidence) -> assertThat(evidence.marks()).containsExactly(new Mark(ready, What.READY)));
	}

	@ParameterizedTest
	@CsvSource({ "policy-first, 'the pod was not ready within 5 s; lab.ready gives it longer'",
			"pod-first, 'already before any policy the pod was not ready'" })
	void aPodThatIsNotReadyIsStoppedWithTheReason(String order, String problem) {
		this.lab.pods().become("a", false, 0);

		assertThat(awaitReady(order)).returns(List.of(), Observation::marks).returns(problem, Observation::problem);
	}

	/** Before any policy nothing is held against them. */
	@ParameterizedTest
	@CsvSource({ "policy-first, true", "pod-first, false" })
	void aPodThatListensAndIsNotReadyIsTriedWhereThePoliciesWereFirst(String order, boolean tried) {
		this.lab.pods().print("a", "2026-11-25T12:00:00Z {\"message\": \"Started PyserverApplication in 1 s\"}\n");
		this.lab.pods().become("a", false, 0);
		this.experiment = this.lab.experiment(LIVENESS + order, this.pod);
		this.experiment.awaitReady(Instant.now());

		assertThat(this.pod.seen()).returns(true, ObservationBuilder::isStopped)
			.returns(tried, ObservationBuilder::isRunning);
	}

	/** As long ago as there is time to be ready. */
	private Observation awaitReady(String order) {
		this.experiment = this.lab.experiment(LIVENESS + order, this.pod);
		this.experiment.awaitReady(Instant.now().minusSeconds(5));
		return seen();
	}

	@Test
	void beforeAndAfterThePoliciesItIsOpen() {
		this.lab.curlEndsWith(0);
		this.experiment = this.lab.experiment(LIVENESS + "pod-first", this.pod);
		this.experiment.observeBaseline();
		this.experiment.removePolicies();

		assertThat(attempts()).containsExactly(tuple(Phase.BEFORE, Reach.REACHED), tuple(Phase.AFTER, Reach.REACHED));
		assertThat(seen().marks()).extracting(Mark::what).containsExactly(What.POLICY_REMOVED);
	}

	@Test
	void theAttemptThatShowsEnforcementIsTheFirstOfTheWatch() {
		this.lab.curlEndsWith(28);
		awaitEnforcement();

		assertThat(attempts()).containsExactly(tuple(Phase.SETTLING, Reach.TIMED_OUT),
				tuple(Phase.DURING, Reach.TIMED_OUT));
		assertThat(seen().marks()).extracting(Mark::what).containsExactly(What.ENFORCED);
		assertThat(seen().probes()).isNotNull();
	}

	@Test
	void aPodThatStaysOpenIsStopped() {
		this.lab.curlEndsWith(0);
		awaitEnforcement();

		assertThat(seen()).returns(null, Observation::probes)
			.returns(List.of(), Observation::marks)
			.returns("the controls did not show enforcement within 1 s", Observation::problem);
	}

	@Test
	void aPodThatNobodyGetsIntoIsStopped() {
		awaitEnforcement();

		assertThat(seen().problem()).isEqualTo("the controls could not be tried: there is no way into pod companion");
	}

	private void awaitEnforcement() {
		this.experiment = this.lab.experiment(LIVENESS + "policy-first", this.pod);
		this.experiment.awaitEnforcement();
	}

	@Test
	void policiesThatTakeTooLongToApplyStopAllPods() {
		this.experiment = this.lab.experiment(LIVENESS + "pod-first", new Sabotage() {
			@Override
			public Runnable apply(PodGroup pods, Runnable policies) {
				await().pollDelay(Duration.ofMillis(2100)).until(() -> true);
				return () -> {
				};
			}
		}, this.pod);
		this.experiment.orSayWhy(this.experiment::applyPolicies);

		assertThat(seen().problem()).isEqualTo("to apply the policies took 2 s, longer than lab.settle allows: 1 s");
	}

	private Observation seen() {
		return this.experiment.observations().getFirst();
	}

	private List<Tuple> attempts() {
		return seen().controls()
			.getFirst()
			.attempts()
			.stream()
			.map((attempt) -> tuple(attempt.phase(), attempt.reach()))
			.toList();
	}

}
