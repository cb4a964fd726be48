package io.pyserver.lab.evidence;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.Attempt;
import io.pyserver.lab.evidence.Control.ControlEvidence;
import io.pyserver.lab.evidence.Control.Expectation;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.evidence.Observation.Harm;
import io.pyserver.lab.evidence.Observation.Subject;

import static io.pyserver.lab.evidence.SampleObservation.at;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which verdict follows from which observation, and with which reason. Which attempts of
 * a control count, and when a round of controls has settled.
 */
class FindingTest {

	/** A row changes a {@link SampleObservation} in which the probe survives. */
	@ParameterizedTest
	@CsvFileSource(resources = "findings.csv", delimiter = '|')
	void aVerdictFollowsFromAnObservation(String cell, String changes, Verdict verdict, String reason) {
		Finding finding = Finding.of(SampleObservation.of(cell).with(changes).build());

		assertThat(finding.verdict()).as("%s", finding.because()).isEqualTo(verdict);
		assertThat(finding.because()).anyMatch((because) -> because.contains(reason));
	}

	@ParameterizedTest
	@MethodSource("io.pyserver.lab.evidence.SampleObservation#ofEveryCell")
	void probesThatArriveSurviveInEveryCell(SampleObservation observation) {
		Observation built = observation.build();
		Finding finding = Finding.of(built);

		assertThat(finding.verdict()).as("%s: %s", built.cell(), finding.because()).isEqualTo(Verdict.SURVIVES);
		assertThat(finding.because().getFirst()).matches("(10|15) probes succeeded.*");
	}

	@ParameterizedTest
	@EnumSource
	void aPodThatItsNodeNeverReachedIsBroken(Order order) {
		SampleObservation unreachable = SampleObservation.of("deny-both/liveness/" + order.label())
			.with("unlogged; unsuccessful -9..10; unbroken; unready 3; problem it was not found ready");

		assertThat(Finding.of(unreachable.build()).because())
			.containsExactly("since 2026-11-23T12:00:05Z the pod takes requests and is not found ready: "
					+ "3 startup probes failed and none succeeded; the kubelet said: Startup probe failed: i/o timeout");
	}

	@Test
	void withoutAPodOrProbesNothingIsProved() {
		Cell cell = Selection.of("deny-both/httpGet/liveness/pod-first").cells().getFirst();
		Subject subject = new Subject("lab", "pyserver", "node", Set.of(), "sha256:1", null, true, at(0), at(0));
		Observation blind = new Observation(cell, subject, List.of(), null, Harm.NONE, null, List.of(), null);

		assertThat(Finding.of(SampleObservation.withoutPod(cell, "no image")))
			.isEqualTo(new Finding(Verdict.INCONCLUSIVE, List.of("there was no pod: no image")));
		assertThat(Finding.of(blind)).isEqualTo(new Finding(Verdict.INCONCLUSIVE, List.of("no probes were observed")));
	}

	@Test
	void aReasonIsOneLineOfAtMost300Characters() {
		assertThat(new Finding(Verdict.BROKEN, List.of("no\n  way: " + "x".repeat(292), "x".repeat(301))).because())
			.containsExactly("no way: " + "x".repeat(292), "x".repeat(296) + " ...");
	}

	@ParameterizedTest
	@CsvSource({ "BEFORE, EITHER, OPEN", "SETTLING, EITHER, EITHER", "DURING, BLOCKED, BLOCKED",
			"AFTER, EITHER, OPEN" })
	void eachAttemptCountsOnlyUnderEnforcedPolicies(Phase phase, Expectation first, Expectation last) {
		ControlEvidence control = new ControlEvidence(Control.POD_TO_POD,
				List.of(new Attempt(phase, at(1), Reach.REACHED), new Attempt(phase, at(2), Reach.TIMED_OUT)));

		assertThat(control.attempts()).extracting((attempt) -> control.expected(attempt, Policy.DENY_BOTH))
			.containsExactly(first, last);
	}

	@ParameterizedTest
	@CsvSource({ "BEFORE, REACHED, true", "BEFORE, REFUSED, false", "SETTLING, REFUSED, true",
			"SETTLING, TIMED_OUT, true", "SETTLING, REACHED, false", "SETTLING, BROKEN_OFF, false",
			"DURING, REFUSED, true", "AFTER, REACHED, true", "AFTER, TIMED_OUT, false", "AFTER, BROKEN_OFF, false" })
	void aRoundHasSettledIfTheControlsThatPoliciesDecideAreAsExpected(Phase phase, Reach reach, boolean settled) {
		Map<Control, Reach> round = Map.of(Control.POD_TO_POD, reach, Control.OWN_NODE_TO_POD, Reach.REFUSED,
				Control.POD_TO_API_SERVER, Reach.BROKEN_OFF, Control.POD_TO_POD_PING, Reach.REACHED);

		assertThat(Expectation.areMet(round, Policy.DENY_BOTH, phase)).isEqualTo(settled);
	}

}
