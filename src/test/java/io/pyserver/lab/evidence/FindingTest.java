package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.pyserver.lab.evidence.Harm.Unready;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

import static io.pyserver.lab.evidence.Rule.rule;
import static io.pyserver.lab.evidence.SampleObservation.at;
import static io.pyserver.lab.evidence.SampleObservation.probe;
import static io.pyserver.lab.evidence.Verdict.INCONCLUSIVE;
import static io.pyserver.lab.evidence.Verdict.NOT_ENFORCED;
import static io.pyserver.lab.evidence.Verdict.SURVIVES;
import static org.assertj.core.api.Assertions.assertThat;

/** Which verdict follows from which observation, and with which words. */
class FindingTest {

	private static final String LIVENESS = "deny-both/httpGet/liveness/pod-first";

	@ParameterizedTest
	@MethodSource({ "preconditions", "enforcement", "proof" })
	void anObservationLeadsToAVerdict(Rule rule) {
		rule.assertHolds();
	}

	static Stream<Rule> preconditions() {
		return Stream.of(
				rule("another image", LIVENESS, (seen) -> seen.image = "sha256:2", INCONCLUSIVE,
						"the pod runs the image sha256:2, not the one under test, sha256:1 or sha256:9"),
				rule("an image named by its manifest", LIVENESS,
						(seen) -> seen.image = "docker.io/library/pyserver@" + SampleObservation.MANIFEST, SURVIVES,
						"10 probes succeeded"),
				rule("a container that never ran", LIVENESS, (seen) -> {
					seen.image = "";
					seen.problem = "the pod was not ready within 120 s";
				}, INCONCLUSIVE, "the container never ran: the pod was not ready within 120 s"),
				rule("a pod without the probe", LIVENESS, (seen) -> seen.probed = false, INCONCLUSIVE,
						"the running pod has no liveness probe by httpGet"));
	}

	static Stream<Rule> enforcement() {
		Stream<Rule> forbidden = Stream
			.of(Control.POD_TO_POD, Control.OUTSIDER_TO_POD, Control.POD_TO_OUTSIDER, Control.OTHER_NODE_TO_POD,
					Control.LABELLED_PEER_TO_POD)
			.map((control) -> rule("a connection by " + control.label(), LIVENESS,
					(seen) -> seen.set(control, Phase.DURING, Reach.REACHED), NOT_ENFORCED,
					"under deny-both, " + control.label() + " was reached and had to be blocked"));
		return Stream.concat(forbidden, Stream.of(rule("controls that never settled", LIVENESS, (seen) -> {
			seen.controls.values().forEach((phases) -> phases.remove(Phase.DURING));
			seen.set(Control.OUTSIDER_TO_POD, Phase.SETTLING, Reach.REACHED);
			seen.probes.clear();
			seen.causality = null;
		}, NOT_ENFORCED, "outsider-to-pod was reached and had to be blocked"),
				rule("a peer kept out that is let in", "allow-peer/httpGet/liveness/pod-first",
						(seen) -> seen.set(Control.LABELLED_PEER_TO_POD, Phase.DURING, Reach.TIMED_OUT), NOT_ENFORCED,
						"labelled-peer-to-pod was timed-out and had to be reached"),
				rule("a request from another pod", LIVENESS, (seen) -> seen.claimed.add(probe(3, "10.42.1.9")),
						NOT_ENFORCED, "under deny-both, a request came in from 10.42.1.9"),
				rule("a forged probe from inside the pod", LIVENESS,
						(seen) -> seen.claimed.add(new SeenProbe(at(3), "10.42.0.9", true, true)), INCONCLUSIVE,
						"1 requests pretended to be probes, from 10.42.0.9"),
				rule("a forged probe where everybody gets in", "none/httpGet/liveness/pod-first",
						(seen) -> seen.claimed.add(probe(3, "10.42.1.9")), INCONCLUSIVE,
						"1 requests pretended to be probes, from 10.42.1.9")));
	}

	static Stream<Rule> proof() {
		Stream<Rule> untried = Stream.of(Phase.BEFORE, Phase.DURING, Phase.AFTER)
			.map((phase) -> rule("a control that was not tried " + phase.label(), LIVENESS,
					(seen) -> seen.controls.get(Control.POD_TO_OUTSIDER).remove(phase), INCONCLUSIVE,
					"pod-to-outsider was not tried " + phase.label()));
		Stream<Rule> observed = Arrays.stream(Reach.values())
			.flatMap((reach) -> Stream.of(Control.OWN_NODE_TO_POD, Control.POD_TO_API_SERVER, Control.POD_TO_POD_PING)
				.map((control) -> rule(control.label() + " " + reach.label(), LIVENESS,
						(seen) -> Arrays.stream(Phase.values()).forEach((phase) -> seen.set(control, phase, reach)),
						SURVIVES, "observed: %s was %s".formatted(control.label(), reach.label()))));
		Stream<Rule> unlogged = Arrays.stream(Kind.values())
			.map((kind) -> rule("no %s probe in the log".formatted(kind.label()), "deny-both/httpGet/" + kind.label(),
					(seen) -> seen.probes.clear(), INCONCLUSIVE,
					"no %s probe is in the pod's log from 2026".formatted(kind.label())));
		Stream<Rule> disordered = Arrays.stream(Order.values())
			.map((order) -> rule("an order other than " + order.label(), "deny-both/" + order.label(),
					(seen) -> seen.inOrder = false, INCONCLUSIVE, "the order is not " + order.label()));
		Stream<Rule> foreign = Stream.of("10.42.1.1", "127.0.0.1")
			.map((source) -> rule("a probe from " + source, LIVENESS, (seen) -> seen.probes.add(probe(9, source)),
					INCONCLUSIVE, "probes came from " + source + ", which is no address of node node-1"));
		Stream<Rule> others = Stream.of(
				rule("an exec probe from the node", "deny-both/exec/liveness/pod-first",
						(seen) -> seen.probes.add(probe(9, SampleObservation.NODE_ADDRESS)), INCONCLUSIVE,
						"probes came from 10.42.0.1, which is no address of the pod's loopback"),
				rule("a control blocked before any policy", LIVENESS,
						(seen) -> seen.set(Control.POD_TO_OUTSIDER, Phase.BEFORE, Reach.TIMED_OUT), INCONCLUSIVE,
						"already before any policy, pod-to-outsider was timed-out"),
				rule("a control that stays blocked", LIVENESS,
						(seen) -> seen.set(Control.POD_TO_OUTSIDER, Phase.AFTER, Reach.TIMED_OUT), INCONCLUSIVE,
						"without the policies, pod-to-outsider stayed timed-out: it may not have been they"),
				rule("a cluster of one node", LIVENESS, (seen) -> seen.controls.remove(Control.OTHER_NODE_TO_POD),
						SURVIVES, "4 controls as they had to be"),
				rule("no control", LIVENESS, (seen) -> seen.controls.clear(), INCONCLUSIVE, "no control was tried"),
				rule("nothing broken", LIVENESS, (seen) -> seen.causality = null, INCONCLUSIVE,
						"nothing was broken on purpose, so nothing shows that the kubelet acts on this probe"),
				rule("breaking that nothing followed", LIVENESS,
						(seen) -> seen.causality = new Causality("it was broken", "it restarted", false, List.of(),
								List.of()),
						INCONCLUSIVE, "it was broken, but it was not seen that it restarted"),
				rule("breaking that hit a bystander", LIVENESS,
						(seen) -> seen.causality = new Causality("it was broken", "it restarted", true,
								List.of("one", "other"), List.of()),
						INCONCLUSIVE, "it was broken, and it hit others as well: one, other"),
				rule("an early end", LIVENESS, (seen) -> seen.problem = "no\n  way: " + "x".repeat(400), INCONCLUSIVE,
						"no way: " + "x".repeat(288) + " ..."),
				rule("nothing amiss", LIVENESS, (_) -> {
				}, SURVIVES, "the probe was made to fail, and it was seen that the kubelet acted"));
		return Stream.of(untried, observed, unlogged, disordered, foreign, others).flatMap((rules) -> rules);
	}

	@ParameterizedTest
	@MethodSource("io.pyserver.lab.evidence.SampleObservation#ofEveryCell")
	void probesThatArriveAsTheyShouldSurviveInEveryCell(SampleObservation observation) {
		Finding finding = Finding.of(observation.build());

		assertThat(finding.verdict()).as("%s", finding.because()).isEqualTo(SURVIVES);
		assertThat(finding.because().getFirst()).matches("(10|15) probes succeeded.*");
	}

	@ParameterizedTest
	@MethodSource("unreachable")
	void aPodThatItsNodeNeverReachedIsBrokenWhateverItsOrder(SampleObservation cut) {
		cut.probes.clear();
		cut.successes.clear();
		cut.causality = null;
		cut.controls.values().forEach((phases) -> phases.remove(Phase.AFTER));
		cut.unready = new Unready(Kind.STARTUP, 3, Instant.parse("2026-11-25T01:36:20Z"),
				List.of("Startup probe failed: i/o timeout"));
		cut.problem = "it takes requests, and its node did not find it ready";

		assertThat(Finding.of(cut.build()).because())
			.containsExactly("since 2026-11-25T01:36:20Z the pod takes requests and is not found ready: "
					+ "3 startup probes failed and none succeeded; the kubelet said: Startup probe failed: i/o timeout");
	}

	static Stream<SampleObservation> unreachable() {
		return Arrays.stream(Order.values())
			.map((order) -> SampleObservation.of("deny-both/liveness/" + order.label()));
	}

	@Test
	void withoutAPodThereIsNothingToLookAt() {
		Cell cell = Selection.of(LIVENESS).cells().getFirst();

		assertThat(Finding.of(SampleObservation.withoutPod(cell, "the image cannot be had")))
			.isEqualTo(new Finding(INCONCLUSIVE, List.of("there was no pod to look at: the image cannot be had")));
	}

	@Test
	void withoutAnythingSeenOfTheProbesNothingIsProved() {
		Subject subject = new Subject("lab", "pyserver", "node", Set.of(), SampleObservation.IMAGE, null, true, at(0),
				at(0));
		Observation blind = new Observation(Selection.of(LIVENESS).cells().getFirst(), subject, List.of(), null,
				Harm.NONE, null, List.of(), null);

		assertThat(Finding.of(blind)).isEqualTo(new Finding(INCONCLUSIVE, List.of("nothing was seen of the probes")));
	}

}
