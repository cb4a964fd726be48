package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Subject;
import io.pyserver.lab.evidence.Harm.Unready;

import static org.assertj.core.api.Assertions.assertThat;

/** Everything that a step saw is in the evidence. */
class CellEvidenceCollectorTest {

	private static final Instant ENFORCED = Instant.parse("2026-11-25T12:00:00Z");

	private static final String LOG = """
			2026-11-25T12:00:01Z {"httpRequest": {"requestMethod": "GET", "requestUrl": "/", "status": 200, "remoteIp": "10.42.0.1"}, \
			"logging.googleapis.com/labels": {"caller": "node", "probe": "liveness"}}
			""";

	@AutoClose
	private final FakeLab lab = FakeLab.start();

	private final Probed pod = this.lab.probed("a", Map.of());

	@Test
	void whatEachStepSawIsInIt() {
		Causality causality = new Causality("liveness was broken", "it restarted", true, List.of(), List.of());

		Observation evidence = evidence(
				new Outcome.Started(this.lab.group().pod("a"), List.of(mark(-3, What.READY)), null),
				new Outcome.Reached(attempt(-2, Phase.BEFORE)),
				new Outcome.Denied(List.of(mark(-1, What.POLICY_APPLIED))),
				new Outcome.Settled(attempt(0, Phase.SETTLING), List.of(mark(0, What.ENFORCED)), ENFORCED, null),
				new Outcome.Watched(attempt(9, Phase.DURING), at(10), at(9), List.of(), null),
				new Outcome.Broken(List.of(mark(20, What.BROKEN)), Map.of(), null),
				new Outcome.Released(attempt(31, Phase.AFTER), List.of(mark(30, What.POLICY_REMOVED)),
						Map.of(Kind.LIVENESS, causality), List.of(), null));

		assertThat(evidence.subject()).returns("a", Subject::pod).returns(Set.of("172.18.0.2"), Subject::nodeAddresses);
		assertThat(evidence.marks()).extracting(Mark::what)
			.containsExactly(What.READY, What.POLICY_APPLIED, What.ENFORCED, What.BROKEN, What.POLICY_REMOVED);
		assertThat(evidence.controls()).singleElement()
			.satisfies((control) -> assertThat(control.attempts()).extracting(Attempt::phase)
				.containsExactly(Phase.values()));
		assertThat(evidence.probes().seen()).containsExactly(new SeenProbe(at(1), "10.42.0.1", true));
		assertThat(evidence.probes()).returns(ENFORCED, ProbeEvidence::since).returns(at(9), ProbeEvidence::until);
		assertThat(evidence.probes().counts()).returns(at(-1), ProbeCounts::exposed)
			.returns(ENFORCED, ProbeCounts::enforced)
			.returns(at(10), ProbeCounts::end)
			.satisfies((counts) -> assertThat(counts.readings()).extracting(ProbeCount::failed).contains(2L));
		assertThat(evidence.causality()).isEqualTo(causality);
		assertThat(evidence.problem()).isNull();
	}

	@Test
	void theFirstProblemStaysAndWhatIsKnownLastOfItsProbesCounts() {
		Unready unready = new Unready(Kind.READINESS, 3, ENFORCED, List.of());
		Observation evidence = evidence(new Outcome.Watched(Map.of(), at(10), null, List.of(), Unwell.because("first")),
				new Outcome.Released(Map.of(), List.of(), Map.of(), null, new Unwell("second", true, unready)));

		assertThat(evidence.problem()).isEqualTo("first");
		assertThat(evidence.harm().unready()).isEqualTo(unready);
	}

	@Test
	void whereNothingWasStartedThereIsNothingButTheProblem() {
		assertThat(evidence(new Outcome.Stopped(Unwell.because("no\nimage")))).returns(null, Observation::subject)
			.returns(null, Observation::probes)
			.returns("no image", Observation::problem);
	}

	private Observation evidence(Outcome... outcomes) {
		this.lab.cluster().createNode("one", "172.18.0.2");
		this.lab.pods().print("a", LOG);
		this.lab.pods().count("a", Kind.LIVENESS, "failed", 2);
		return new CellEvidenceCollector(this.lab.scene(Order.POD_FIRST, this.pod), null)
			.collect(Selection.of("deny-both/httpGet/liveness/pod-first").cells(),
					List.of(new Course(this.pod, List.of(outcomes))))
			.getFirst();
	}

	private static Map<Control, List<Attempt>> attempt(int second, Phase phase) {
		return Map.of(Control.POD_TO_POD, List.of(new Attempt(phase, at(second), Reach.REACHED)));
	}

	private static Mark mark(int second, What what) {
		return new Mark(at(second), what);
	}

	private static Instant at(int second) {
		return ENFORCED.plusSeconds(second);
	}

}
