package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Observation.Harm;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Observation.Unready;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;
import io.pyserver.lab.evidence.Selection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows from the observations of several steps. {@link ExperimentTest} shows what
 * each step observes.
 */
class ObservationBuilderTest {

	private static final Instant ENFORCED = Instant.parse("2099-11-25T12:00:00Z");

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final PodUnderTest pod = this.lab.pod("a");

	private final ObservationBuilder seen = this.pod.seen();

	/** The log is empty when the policies are enforced. */
	@Test
	void probesCountFromThePoliciesToTheEndOfTheWatchExceptDuringExcusedRestarts() {
		Restart byProbe = new Restart(at(2), at(3), at(4), "Error", true);
		Restart byKernel = new Restart(at(2), at(3), at(4), "OOMKilled", false);
		ProbeCount count = new ProbeCount(at(1), 5, 2, 0);
		this.lab.pods().print("a", FakeLab.probed("2099-11-25T12:00:01Z"));
		this.seen.started(this.lab.group().pod("a"));
		this.seen.mark(What.READY, at(-3));
		this.seen.mark(What.POLICY_APPLIED, at(-1));
		this.seen.enforced(ENFORCED);
		this.pod.log().read();
		this.seen.watched(at(10));
		this.seen.restarted(List.of(byProbe, byKernel));
		this.pod.probes(Kind.LIVENESS).add(count);
		assertThat(observation().harm().restarts()).containsExactly(byProbe, byKernel);
		assertThat(observation().subject().nodeAddresses()).as("by the API server").containsExactly("172.18.0.2");
		assertThat(observation().probes())
			.returns(List.of(new SeenProbe(at(1), "10.42.0.1", true, false)), ProbeEvidence::seen)
			.returns(observation().subject().created(), ProbeEvidence::since)
			.returns(at(1), ProbeEvidence::until)
			.returns(new ProbeCounts(ProbeCounts.Source.KUBELET, at(-1), ENFORCED, at(10), List.of(byKernel),
					List.of(count)), ProbeEvidence::counts);
	}

	@Test
	void aPodIsOutOfServiceWhileItIsNotReadyExceptDuringARestart() {
		this.lab.pods().become("a", false, 0);
		this.lab.pods().become("a", true, 0);
		this.lab.pods().become("a", false, 1);
		List<PodState> states = this.pod.states();
		Instant unready = states.get(states.size() - 3).since();
		Instant ready = states.get(states.size() - 2).since();
		assertThat(this.pod.outOfService(unready, Instant.MAX)).isEqualTo(Duration.between(unready, ready));
	}

	@Test
	void theFirstProblemAndTheLastFailingProbeAreKept() {
		Unready unready = new Unready(Kind.READINESS, 3, ENFORCED, List.of());
		this.seen.giveUp("first");
		this.seen.giveUp("second", true, unready);
		this.seen.giveUp("third");
		assertThat(observation()).returns("first", Observation::problem)
			.returns(unready, (observation) -> observation.harm().unready());
	}

	@Test
	void theObservationOfAPodThatDidNotStartHasOnlyAProblem() {
		this.seen.giveUp("no\nimage");
		assertThat(observation()).returns(null, Observation::subject)
			.returns(null, Observation::probes)
			.returns(Harm.NONE, Observation::harm)
			.returns("no image", Observation::problem);
	}

	private Observation observation() {
		return this.seen.observation(Selection.of("deny-both/httpGet/liveness/pod-first").cells().getFirst(), null);
	}

	private static Instant at(int second) {
		return ENFORCED.plusSeconds(second);
	}

}
