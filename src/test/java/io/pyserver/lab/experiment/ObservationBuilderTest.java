package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Harm.Unready;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Subject;

import static org.assertj.core.api.Assertions.assertThat;

/** What the steps observed is in the observation. */
class ObservationBuilderTest {

	private static final Instant ENFORCED = Instant.parse("2099-11-25T12:00:00Z");

	private static final String LOG = """
			2099-11-25T12:00:01Z {"httpRequest": {"requestMethod": "GET", "requestUrl": "/", "status": 200, "remoteIp": "10.42.0.1"}, \
			"logging.googleapis.com/labels": {"caller": "node", "probe": "liveness"}}
			""";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final PodUnderTest pod = this.lab.pod("a");

	private final ObservationBuilder seen = this.pod.seen();

	@Test
	void whatEachStepObservedIsInIt() {
		Causality causality = new Causality("liveness was broken", "it restarted", true, List.of(), List.of());
		Restart restart = new Restart(at(2), at(3), at(4), "OOMKilled", false);
		ProbeCount count = new ProbeCount(at(1), 5, 2, 0);
		this.lab.pods().print("a", LOG);
		this.seen.started(this.lab.group().pod("a"));
		this.seen.mark(What.READY, at(-3));
		tried(-2, Phase.BEFORE);
		this.seen.mark(What.POLICY_APPLIED, at(-1));
		tried(0, Phase.SETTLING);
		this.seen.enforced(ENFORCED);
		tried(9, Phase.DURING);
		this.pod.readLog();
		this.seen.watched(at(10));
		this.seen.restarted(List.of(restart));
		this.seen.mark(What.BROKEN, at(20));
		this.seen.broken(Kind.LIVENESS, causality);
		this.seen.mark(What.POLICY_REMOVED, at(30));
		tried(31, Phase.AFTER);
		this.pod.probes(Kind.LIVENESS).add(count);
		Observation observation = observation();
		assertThat(observation.subject()).returns("a", Subject::pod)
			.returns(Set.of("172.18.0.2"), Subject::nodeAddresses);
		assertThat(observation.marks()).extracting(Mark::what)
			.containsExactly(What.READY, What.POLICY_APPLIED, What.ENFORCED, What.BROKEN, What.POLICY_REMOVED);
		assertThat(observation.controls()).singleElement()
			.satisfies((control) -> assertThat(control.attempts()).extracting(Attempt::phase)
				.containsExactly(Phase.BEFORE, Phase.SETTLING, Phase.DURING, Phase.DURING, Phase.AFTER));
		assertThat(observation.probes()).returns(List.of(new SeenProbe(at(1), "10.42.0.1", true)), ProbeEvidence::seen)
			.returns(observation.subject().created(), ProbeEvidence::since)
			.returns(at(1), ProbeEvidence::until)
			.returns(new ProbeCounts(ProbeCounts.Source.KUBELET, at(-1), ENFORCED, at(10), List.of(restart),
					List.of(count)), ProbeEvidence::counts);
		assertThat(observation).returns(List.of(restart), (its) -> its.harm().restarts())
			.returns(causality, Observation::causality)
			.returns(null, Observation::problem);
	}

	@Test
	void theFirstProblemStaysAndTheLastFailingProbeCounts() {
		Unready unready = new Unready(Kind.READINESS, 3, ENFORCED, List.of());
		this.seen.stop("first");
		this.seen.stop("second", true, unready);
		this.seen.stop("third");
		assertThat(observation()).returns("first", Observation::problem)
			.returns(unready, (observation) -> observation.harm().unready());
	}

	@Test
	void ofAPodThatDidNotStartThereIsOnlyTheProblem() {
		this.seen.stop("no\nimage");
		assertThat(observation()).returns(null, Observation::subject)
			.returns(null, Observation::probes)
			.returns(Harm.NONE, Observation::harm)
			.returns("no image", Observation::problem);
	}

	private Observation observation() {
		return this.seen.observation(Selection.of("deny-both/httpGet/liveness/pod-first").cells().getFirst(), null);
	}

	private void tried(int second, Phase phase) {
		this.seen.tried(Control.POD_TO_POD, new Attempt(phase, at(second), Reach.REACHED));
	}

	private static Instant at(int second) {
		return ENFORCED.plusSeconds(second);
	}

}
