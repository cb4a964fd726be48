package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which verdict follows from which evidence, and with which words. */
class FindingTest {

	private final Seen seen = denied(Mechanism.HTTP_GET, Kind.LIVENESS);

	@ParameterizedTest
	@MethodSource("everyCell")
	void probesThatArriveAsTheyShouldSurvive(Seen well) {
		Finding finding = well.finding();

		assertThat(finding.verdict()).as("%s", finding.because()).isEqualTo(Verdict.SURVIVES);
		assertThat(finding.because()).anyMatch((reason) -> reason.startsWith("10 probes from "));
	}

	static Stream<Seen> everyCell() {
		return Seen.inEveryCell();
	}

	@ParameterizedTest
	@EnumSource(names = { "OUTSIDER_TO_POD", "POD_TO_OUTSIDER", "POD_TO_API_SERVER", "OTHER_NODE_TO_POD",
			"LABELLED_PEER_TO_POD" })
	void oneForbiddenConnectionIsEnoughToProveNothing(Control control) {
		this.seen.set(control, Phase.DURING, Reach.REACHED);

		assertFinding(Verdict.NOT_ENFORCED, control.label() + " was reached and had to be blocked");
	}

	@Test
	void whatNeverSettledIsNotEnforced() {
		for (Control control : Control.values()) {
			this.seen.forget(control, Phase.DURING);
			this.seen.set(control, Phase.SETTLING, Reach.REACHED);
		}
		this.seen.probes.clear();
		this.seen.causality = null;

		assertFinding(Verdict.NOT_ENFORCED, "outsider-to-pod was reached and had to be blocked");
	}

	@Test
	void aPolicyThatKeepsOutThePeerItLetsInIsNotEnforcedAsWritten() {
		Seen allowed = Seen.in(Policy.ALLOW_PEER, Mechanism.HTTP_GET, Kind.LIVENESS, Order.POD_FIRST);
		allowed.set(Control.LABELLED_PEER_TO_POD, Phase.DURING, Reach.TIMED_OUT);

		assertFinding(allowed, Verdict.NOT_ENFORCED, "labelled-peer-to-pod was timed-out and had to be reached");
	}

	@Test
	void aRequestFromAnotherPodGotPastThePolicy() {
		this.seen.claimed.add(Seen.probe(3, "10.42.1.9"));

		assertFinding(Verdict.NOT_ENFORCED, "a request came in from 10.42.1.9");
	}

	@Test
	void aForgedProbeFromInsideThePodSpoilsTheEvidence() {
		SeenProbe forged = Seen.probe(3, "10.42.0.9");
		this.seen.claimed.add(new SeenProbe(forged.at(), forged.source(), true, true));

		assertFinding(Verdict.INCONCLUSIVE, "1 requests pretended to be probes, from 10.42.0.9");
	}

	@Test
	void aForgedProbeSpoilsTheEvidenceWhereEverybodyGetsIn() {
		Seen open = Seen.in(Policy.NONE, Mechanism.HTTP_GET, Kind.LIVENESS, Order.POD_FIRST);
		open.claimed.add(Seen.probe(3, "10.42.1.9"));

		assertFinding(open, Verdict.INCONCLUSIVE, "1 requests pretended to be probes, from 10.42.1.9");
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSED", "TIMED_OUT", "BROKEN_OFF" })
	void anEngineThatPolicesTheNodeBreaksProbes(Reach blocked) {
		this.seen.set(Control.OWN_NODE_TO_POD, Phase.DURING, blocked);

		assertFinding(Verdict.BROKEN, "the pod's own node did not reach it: " + blocked.label());
	}

	@Test
	void anExecProbeDoesNotNeedTheNodesNetwork() {
		Seen exec = denied(Mechanism.EXEC, Kind.LIVENESS);
		exec.set(Control.OWN_NODE_TO_POD, Phase.DURING, Reach.TIMED_OUT);

		assertThat(exec.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	@Test
	void aRestartBreaks() {
		this.seen.restarts = 1;

		assertFinding(Verdict.BROKEN, "the container was restarted 1 times with nothing broken on purpose");
	}

	@Test
	void whatTheKubeletHoldsAgainstThePodBreaks() {
		this.seen.unhealthy.add("Liveness probe failed: context deadline exceeded");
		this.seen.problem = "the pod was not ready within 120 s";

		assertFinding(Verdict.BROKEN, "the kubelet said: Liveness probe failed: context deadline exceeded");
	}

	@Test
	void aProbeThatIsAnsweredWithAFailureBreaks() {
		SeenProbe failed = this.seen.probes.removeLast();
		this.seen.probes.add(new SeenProbe(failed.at(), failed.source(), false));

		assertFinding(Verdict.BROKEN, "was answered with a failure");
	}

	@ParameterizedTest
	@EnumSource
	void withoutAnyProbeOfTheKindNothingIsProved(Kind kind) {
		Seen silent = denied(Mechanism.HTTP_GET, kind);
		silent.probes.clear();

		assertFinding(silent, Verdict.INCONCLUSIVE, "no " + kind.label() + " probe is in the pod's log");
	}

	/** Sent after a second, given up after three, and the next answered after three. */
	@Test
	void aGapLongerThanOneThatIsMissedAndALateAnswerIsMissingEvidence() {
		this.seen.probes.subList(1, 8).clear();
		assertFinding(Verdict.INCONCLUSIVE, "no probe was seen for 8000 ms, at most 7000");

		this.seen.probes.add(1, Seen.probe(2, Seen.NODE));
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	/** The period is as long as the timeout. */
	@Test
	void aProbeThatComesSeldomMayBeMissedForLonger() {
		Seen seldom = denied(Mechanism.EXEC, Kind.LIVENESS);
		seldom.period = Duration.ofSeconds(3);
		seldom.probes.clear();
		seldom.probes.add(Seen.probe(1, "127.0.0.1"));
		assertThat(seldom.finding().verdict()).isEqualTo(Verdict.SURVIVES);

		seldom.probes.clear();
		seldom.period = Duration.ofSeconds(2);
		seldom.probes.add(Seen.probe(1, "127.0.0.1"));
		assertFinding(seldom, Verdict.INCONCLUSIVE, "no probe was seen for 9000 ms, at most 8000");
	}

	@Test
	void aProbeThatComesNoMoreAtTheEndIsAGapAsWell() {
		this.seen.probes.subList(2, 10).clear();

		assertFinding(Verdict.INCONCLUSIVE, "no probe was seen for 8000 ms");
	}

	@Test
	void aStartupProbeComesOnce() {
		Seen started = denied(Mechanism.HTTP_GET, Kind.STARTUP);
		started.probes.subList(1, 10).clear();

		assertThat(started.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.42.1.1", "127.0.0.1" })
	void aProbeFromElsewhereIsNotTheNodes(String source) {
		this.seen.probes.add(Seen.probe(9, source));

		assertFinding(Verdict.INCONCLUSIVE, "probes came from " + source + ", which is no address of node node");
	}

	@Test
	void aLinkLocalAddressMayBeTheNodes() {
		this.seen.probes.add(Seen.probe(9, "169.254.169.252"));

		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	@Test
	void anExecProbeComesFromInsideThePod() {
		Seen exec = denied(Mechanism.EXEC, Kind.LIVENESS);
		exec.probes.add(Seen.probe(9, Seen.NODE));

		assertFinding(exec, Verdict.INCONCLUSIVE,
				"probes came from 10.42.0.1, which is no address of the pod's loopback");
	}

	@Test
	void aHistoryThatStoppedIsMissingEvidence() {
		this.seen.byHistory = 17;
		assertFinding(Verdict.INCONCLUSIVE, "the pod's history counts 17 probes and its log has 20");

		this.seen.byHistory = 18;
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);

		this.seen.byHistory = null;
		assertFinding(Verdict.INCONCLUSIVE, "the pod's history could not be read");
	}

	@Test
	void anotherImageIsNotTheOneUnderTest() {
		this.seen.image = "sha256:2";

		assertFinding(Verdict.INCONCLUSIVE, "the pod runs the image sha256:2, not the one under test, sha256:1");
	}

	@Test
	void aContainerThatNeverRanHasNoImageToCompare() {
		this.seen.image = "";
		this.seen.problem = "the pod was not ready within 120 s";

		assertThat(this.seen.finding().because())
			.containsExactly("the container never ran: the pod was not ready within 120 s");
	}

	@Test
	void theImageUnderTestMayBeNamedByItsManifest() {
		this.seen.image = "docker.io/library/pyserver@" + Seen.MANIFEST;
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);

		this.seen.image = "docker.io/library/pyserver@sha256:2";
		assertFinding(Verdict.INCONCLUSIVE, "not the one under test, sha256:1 or " + Seen.MANIFEST);
	}

	@Test
	void aPodWithoutTheProbeShowsNothing() {
		this.seen.probed = false;

		assertFinding(Verdict.INCONCLUSIVE, "the running pod has no liveness probe by httpGet");
	}

	@ParameterizedTest
	@EnumSource
	void theOrderIsThatOfTheCell(Order order) {
		Seen disordered = Seen.in(Policy.DENY_BOTH, Mechanism.HTTP_GET, Kind.LIVENESS, order);
		disordered.inOrder = false;

		assertFinding(disordered, Verdict.INCONCLUSIVE, "the order is not " + order.label());
	}

	@Test
	void whatWasBlockedBeforeOrStaysBlockedAfterProvesNothing() {
		this.seen.set(Control.POD_TO_OUTSIDER, Phase.BEFORE, Reach.TIMED_OUT);
		assertFinding(Verdict.INCONCLUSIVE, "already before any policy, pod-to-outsider was timed-out");

		this.seen.set(Control.POD_TO_OUTSIDER, Phase.BEFORE, Reach.REACHED);
		this.seen.set(Control.POD_TO_OUTSIDER, Phase.AFTER, Reach.TIMED_OUT);
		assertFinding(Verdict.INCONCLUSIVE, "without the policies, pod-to-outsider stayed timed-out");
	}

	@ParameterizedTest
	@EnumSource
	void aPingIsAnObservationAndNoCondition(Reach reach) {
		for (Phase phase : Phase.values()) {
			this.seen.set(Control.POD_TO_POD_PING, phase, reach);
		}

		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
		assertThat(this.seen.finding().because()).contains("observed: pod-to-pod-ping was " + reach.label());
	}

	@ParameterizedTest
	@EnumSource
	void aPodThatItsNodeNeverReachedIsBrokenWhateverItsOrder(Order order) {
		Seen cut = Seen.in(Policy.DENY_BOTH, Mechanism.HTTP_GET, Kind.LIVENESS, order);
		cut.probes.clear();
		cut.byLog = 0;
		cut.byHistory = null;
		cut.causality = null;
		cut.controls.values().forEach((phases) -> phases.remove(Phase.AFTER));
		cut.set(Control.OWN_NODE_TO_POD, Phase.DURING, Reach.TIMED_OUT);
		cut.unhealthy.addAll(Collections.nCopies(3, "Startup probe failed: i/o timeout"));
		cut.since = Instant.parse("2026-11-25T01:36:20Z");
		cut.problem = "it listened, and its node did not find it ready";

		assertThat(cut.finding()).isEqualTo(new Finding(Verdict.BROKEN,
				List.of("since 2026-11-25T01:36:20Z, 3 times, the kubelet said: Startup probe failed: i/o timeout",
						"the pod's own node did not reach it: timed-out")));
	}

	@ParameterizedTest
	@EnumSource(names = { "BEFORE", "DURING", "AFTER" })
	void aControlThatWasNotTriedIsMissing(Phase phase) {
		this.seen.forget(Control.POD_TO_OUTSIDER, phase);

		assertFinding(Verdict.INCONCLUSIVE, "pod-to-outsider was not tried " + phase.label());
	}

	@Test
	void aClusterOfOneNodeHasNoOtherNodeToTryFrom() {
		this.seen.controls.remove(Control.OTHER_NODE_TO_POD);
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);

		this.seen.controls.clear();
		assertFinding(Verdict.INCONCLUSIVE, "no control was tried");
	}

	@Test
	void withoutCausalityNothingShowsThatTheKubeletActsOnTheProbe() {
		this.seen.causality = null;
		assertFinding(Verdict.INCONCLUSIVE, "nothing was broken on purpose");

		this.seen.causality = new Causality("liveness was broken", "it restarted", false, List.of(), List.of());
		assertFinding(Verdict.INCONCLUSIVE, "liveness was broken, but it was not seen that it restarted");

		this.seen.causality = new Causality("liveness was broken", "it restarted", true, List.of("other"), List.of());
		assertFinding(Verdict.INCONCLUSIVE, "liveness was broken, and it hit others as well: other");
	}

	@Test
	void whatStoppedTheExperimentIsNamed() {
		this.seen.problem = "the pod was not ready within 120 s";

		assertFinding(Verdict.INCONCLUSIVE, "the pod was not ready within 120 s");
	}

	@Test
	void oneLateAnswerIsNotAFailureWhereProbesKeptArriving() {
		this.seen.unhealthy.add("Liveness probe failed: context deadline exceeded");
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
		assertThat(this.seen.finding().because())
			.contains("one answer was late: Liveness probe failed: context deadline exceeded");

		this.seen.unhealthy.add("Liveness probe failed: context deadline exceeded");
		assertFinding(Verdict.BROKEN, "the kubelet said: Liveness probe failed");
	}

	@Test
	void oneFailureIsOneWhereAProbeDidNotArrive() {
		this.seen.unhealthy.add("Liveness probe failed: context deadline exceeded");
		this.seen.probes.subList(1, 8).clear();

		assertFinding(Verdict.BROKEN, "the kubelet said: Liveness probe failed");
	}

	@Test
	void aPodThatNeverGotReadyBecauseItsNodeDoesNotReachItIsBroken() {
		this.seen.controls.values().forEach((phases) -> phases.keySet().removeAll(Set.of(Phase.DURING, Phase.AFTER)));
		this.seen.set(Control.OWN_NODE_TO_POD, Phase.BEFORE, Reach.TIMED_OUT);
		this.seen.unhealthy.add("Startup probe failed: context deadline exceeded");
		this.seen.problem = "the pod was not ready within 120 s";

		assertFinding(Verdict.BROKEN, "the kubelet said: Startup probe failed: context deadline exceeded");
	}

	@Test
	void withoutAPodThereIsNothingToLookAt() {
		Finding finding = Finding.of(new CellEvidence(this.seen.cell, null, List.of(), null, new Harm(0, List.of()),
				null, List.of(), "the image cannot be had"));

		assertThat(finding).isEqualTo(
				new Finding(Verdict.INCONCLUSIVE, List.of("there was no pod to look at: the image cannot be had")));
	}

	@Test
	void withoutAnythingSeenOfTheProbesNothingIsProved() {
		Subject subject = new Subject("lab", "pyserver", "node", Set.of(), Seen.IMAGE, null, true, Instant.EPOCH,
				Instant.EPOCH);

		assertThat(Finding.of(new CellEvidence(this.seen.cell, subject, List.of(), null, new Harm(0, List.of()), null,
				List.of(), null)))
			.isEqualTo(new Finding(Verdict.INCONCLUSIVE, List.of("nothing was seen of the probes")));
	}

	private static Seen denied(Mechanism mechanism, Kind kind) {
		return Seen.in(Policy.DENY_BOTH, mechanism, kind, Order.POD_FIRST);
	}

	private void assertFinding(Verdict verdict, String reason) {
		assertFinding(this.seen, verdict, reason);
	}

	private static void assertFinding(Seen seen, Verdict verdict, String reason) {
		Finding finding = seen.finding();
		assertThat(finding.verdict()).as("%s", finding.because()).isEqualTo(verdict);
		assertThat(finding.because()).anyMatch((because) -> because.contains(reason));
	}

}
