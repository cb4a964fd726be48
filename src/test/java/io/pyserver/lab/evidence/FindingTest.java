package io.pyserver.lab.evidence;

import java.time.Instant;
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
		assertThat(finding.because()).anyMatch((reason) -> reason.matches("(10|15) probes succeeded.*"));
	}

	static Stream<Seen> everyCell() {
		return Seen.inEveryCell();
	}

	/**
	 * On kindnet a process that is not root's does not reach the pods of its own node.
	 */
	@ParameterizedTest
	@EnumSource
	void whatOtherProcessesOfTheNodeReachIsAnObservation(Reach reach) {
		this.seen.set(Control.OWN_NODE_TO_POD, Phase.DURING, reach);
		this.seen.set(Control.POD_TO_API_SERVER, Phase.DURING, reach);

		this.seen.leadsTo(Verdict.SURVIVES, "observed: own-node-to-pod was " + reach.label());
		this.seen.leadsTo(Verdict.SURVIVES, "observed: pod-to-api-server was " + reach.label());
	}

	@Test
	void aRestartForFailedProbesBreaks() {
		this.seen.restarts.add(new Restart(Seen.at(2), Seen.at(3), Seen.at(4), "Error, exit code 143", true));

		this.seen.leadsTo(Verdict.BROKEN, "the kubelet restarted the container 1 times for failed probes");
	}

	@Test
	void aReasonIsOneLineOfAtMost300Characters() {
		this.seen.problem = "no\n  way: " + "x".repeat(400);

		assertThat(this.seen.finding().because()).singleElement()
			.asString()
			.startsWith("no way: x")
			.endsWith(" ...")
			.hasSize(300);
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
		cut.successes.clear();
		cut.causality = null;
		cut.controls.values().forEach((phases) -> phases.remove(Phase.AFTER));
		cut.unready = new Unready(Kind.STARTUP, 3, Instant.parse("2026-11-25T01:36:20Z"),
				List.of("Startup probe failed: i/o timeout"));
		cut.problem = "it takes requests, and its node did not find it ready";

		assertThat(cut.finding()).isEqualTo(new Finding(Verdict.BROKEN, List
			.of("since 2026-11-25T01:36:20Z the pod takes requests and is not found ready: 3 startup probes failed and none succeeded"
					+ "; the kubelet said: Startup probe failed: i/o timeout")));
	}

	@Test
	void oneFailedProbeOfAPodThatIsNotReadyIsTooLittle() {
		this.seen.unready = new Unready(Kind.STARTUP, 1, Instant.EPOCH, List.of());
		this.seen.problem = "it takes requests, and its node did not find it ready";

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "it takes requests, and its node did not find it ready");
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
	void withoutAPodThereIsNothingToLookAt() {
		Finding finding = Finding.of(new CellEvidence(this.seen.cell, null, List.of(), null, Harm.NONE, null, List.of(),
				"the image cannot be had"));

		assertThat(finding).isEqualTo(
				new Finding(Verdict.INCONCLUSIVE, List.of("there was no pod to look at: the image cannot be had")));
	}

	@Test
	void withoutAnythingSeenOfTheProbesNothingIsProved() {
		Subject subject = new Subject("lab", "pyserver", "node", Set.of(), Seen.IMAGE, null, true, Instant.EPOCH,
				Instant.EPOCH);

		assertThat(Finding
			.of(new CellEvidence(this.seen.cell, subject, List.of(), null, Harm.NONE, null, List.of(), null)))
			.isEqualTo(new Finding(Verdict.INCONCLUSIVE, List.of("nothing was seen of the probes")));
	}

}
