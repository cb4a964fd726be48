package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which verdict follows from which evidence, and with which words. */
class FindingTest {

	private final Seen seen = Seen.denied(Mechanism.HTTP_GET, Kind.LIVENESS);

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
	@EnumSource(names = { "REFUSED", "TIMED_OUT", "BROKEN_OFF" })
	void anEngineThatPolicesTheNodeBreaksProbes(Reach blocked) {
		this.seen.set(Control.OWN_NODE_TO_POD, Phase.DURING, blocked);

		this.seen.leadsTo(Verdict.BROKEN, "the pod's own node did not reach it: " + blocked.label());
	}

	@Test
	void anExecProbeDoesNotNeedTheNodesNetwork() {
		Seen exec = Seen.denied(Mechanism.EXEC, Kind.LIVENESS);
		exec.set(Control.OWN_NODE_TO_POD, Phase.DURING, Reach.TIMED_OUT);

		assertThat(exec.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	@Test
	void aRestartBreaks() {
		this.seen.restarts = 1;

		this.seen.leadsTo(Verdict.BROKEN, "the container was restarted 1 times with nothing broken on purpose");
	}

	@Test
	void whatTheKubeletHoldsAgainstThePodBreaks() {
		this.seen.unhealthy.add("Liveness probe failed: context deadline exceeded");
		this.seen.problem = "the pod was not ready within 120 s";

		this.seen.leadsTo(Verdict.BROKEN, "the kubelet said: Liveness probe failed: context deadline exceeded");
	}

	@Test
	void anotherImageIsNotTheOneUnderTest() {
		this.seen.image = "sha256:2";

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "the pod runs the image sha256:2, not the one under test, sha256:1");
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
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "not the one under test, sha256:1 or " + Seen.MANIFEST);
	}

	@Test
	void aPodWithoutTheProbeShowsNothing() {
		this.seen.probed = false;

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "the running pod has no liveness probe by httpGet");
	}

	@ParameterizedTest
	@EnumSource
	void theOrderIsThatOfTheCell(Order order) {
		Seen disordered = Seen.in(Policy.DENY_BOTH, Mechanism.HTTP_GET, Kind.LIVENESS, order);
		disordered.inOrder = false;

		disordered.leadsTo(Verdict.INCONCLUSIVE, "the order is not " + order.label());
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

	@Test
	void withoutCausalityNothingShowsThatTheKubeletActsOnTheProbe() {
		this.seen.causality = null;
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "nothing was broken on purpose");

		this.seen.causality = new Causality("liveness was broken", "it restarted", false, List.of(), List.of());
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "liveness was broken, but it was not seen that it restarted");

		this.seen.causality = new Causality("liveness was broken", "it restarted", true, List.of("other"), List.of());
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "liveness was broken, and it hit others as well: other");
	}

	@Test
	void whatStoppedTheExperimentIsNamed() {
		this.seen.problem = "the pod was not ready within 120 s";

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "the pod was not ready within 120 s");
	}

	@Test
	void aPodThatNeverGotReadyBecauseItsNodeDoesNotReachItIsBroken() {
		this.seen.controls.values().forEach((phases) -> phases.keySet().removeAll(Set.of(Phase.DURING, Phase.AFTER)));
		this.seen.set(Control.OWN_NODE_TO_POD, Phase.BEFORE, Reach.TIMED_OUT);
		this.seen.unhealthy.add("Startup probe failed: context deadline exceeded");
		this.seen.problem = "the pod was not ready within 120 s";

		this.seen.leadsTo(Verdict.BROKEN, "the kubelet said: Startup probe failed: context deadline exceeded");
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

}
