package io.pyserver.lab.evidence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What follows from connections, and from requests that should not have come. */
class ControlsFindingTest {

	private final Seen seen = Seen.denied(Mechanism.HTTP_GET, Kind.LIVENESS);

	@ParameterizedTest
	@EnumSource(names = { "OUTSIDER_TO_POD", "POD_TO_OUTSIDER", "OTHER_NODE_TO_POD", "LABELLED_PEER_TO_POD" })
	void oneForbiddenConnectionIsEnoughToProveNothing(Control control) {
		this.seen.set(control, Phase.DURING, Reach.REACHED);

		this.seen.leadsTo(Verdict.NOT_ENFORCED, control.label() + " was reached and had to be blocked");
	}

	@Test
	void whatNeverSettledIsNotEnforced() {
		for (Control control : Control.values()) {
			this.seen.forget(control, Phase.DURING);
			this.seen.set(control, Phase.SETTLING, Reach.REACHED);
		}
		this.seen.probes.clear();
		this.seen.causality = null;

		this.seen.leadsTo(Verdict.NOT_ENFORCED, "outsider-to-pod was reached and had to be blocked");
	}

	@Test
	void aPolicyThatKeepsOutThePeerItLetsInIsNotEnforcedAsWritten() {
		Seen allowed = Seen.in(Policy.ALLOW_PEER, Mechanism.HTTP_GET, Kind.LIVENESS, Order.POD_FIRST);
		allowed.set(Control.LABELLED_PEER_TO_POD, Phase.DURING, Reach.TIMED_OUT);

		allowed.leadsTo(Verdict.NOT_ENFORCED, "labelled-peer-to-pod was timed-out and had to be reached");
	}

	@Test
	void aRequestFromAnotherPodGotPastThePolicy() {
		this.seen.claimed.add(Seen.probe(3, "10.42.1.9"));

		this.seen.leadsTo(Verdict.NOT_ENFORCED, "a request came in from 10.42.1.9");
	}

	@Test
	void aForgedProbeFromInsideThePodSpoilsTheEvidence() {
		SeenProbe forged = Seen.probe(3, "10.42.0.9");
		this.seen.claimed.add(new SeenProbe(forged.at(), forged.source(), true, true));

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "1 requests pretended to be probes, from 10.42.0.9");
	}

	@Test
	void aForgedProbeSpoilsTheEvidenceWhereEverybodyGetsIn() {
		Seen open = Seen.in(Policy.NONE, Mechanism.HTTP_GET, Kind.LIVENESS, Order.POD_FIRST);
		open.claimed.add(Seen.probe(3, "10.42.1.9"));

		open.leadsTo(Verdict.INCONCLUSIVE, "1 requests pretended to be probes, from 10.42.1.9");
	}

	@Test
	void whatWasBlockedBeforeOrStaysBlockedAfterProvesNothing() {
		this.seen.set(Control.POD_TO_OUTSIDER, Phase.BEFORE, Reach.TIMED_OUT);
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "already before any policy, pod-to-outsider was timed-out");

		this.seen.set(Control.POD_TO_OUTSIDER, Phase.BEFORE, Reach.REACHED);
		this.seen.set(Control.POD_TO_OUTSIDER, Phase.AFTER, Reach.TIMED_OUT);
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "without the policies, pod-to-outsider stayed timed-out");
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
	@EnumSource(names = { "BEFORE", "DURING", "AFTER" })
	void aControlThatWasNotTriedIsMissing(Phase phase) {
		this.seen.forget(Control.POD_TO_OUTSIDER, phase);

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "pod-to-outsider was not tried " + phase.label());
	}

	@Test
	void aClusterOfOneNodeHasNoOtherNodeToTryFrom() {
		this.seen.controls.remove(Control.OTHER_NODE_TO_POD);
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);

		this.seen.controls.clear();
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "no control was tried");
	}

}
