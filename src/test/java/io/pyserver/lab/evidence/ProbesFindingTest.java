package io.pyserver.lab.evidence;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What follows from the probes that arrived, and from those that did not. */
class ProbesFindingTest {

	private final Seen seen = Seen.denied(Mechanism.HTTP_GET, Kind.LIVENESS);

	@Test
	void aProbeThatIsAnsweredWithAFailureBreaks() {
		SeenProbe failed = this.seen.probes.removeLast();
		this.seen.probes.add(new SeenProbe(failed.at(), failed.source(), false));

		this.seen.leadsTo(Verdict.BROKEN, "was answered with a failure");
	}

	@ParameterizedTest
	@EnumSource
	void withoutAnyProbeOfTheKindNothingIsProved(Kind kind) {
		Seen silent = Seen.denied(Mechanism.HTTP_GET, kind);
		silent.probes.clear();

		silent.leadsTo(Verdict.INCONCLUSIVE, "no " + kind.label() + " probe is in the pod's log");
	}

	/** Sent after a second, given up after three, and the next answered after three. */
	@Test
	void aGapLongerThanOneThatIsMissedAndALateAnswerIsMissingEvidence() {
		this.seen.probes.subList(1, 8).clear();
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "no probe was seen for 8000 ms, at most 7000");

		this.seen.probes.add(1, Seen.probe(2, Seen.NODE));
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	/** The period is as long as the timeout. */
	@Test
	void aProbeThatComesSeldomMayBeMissedForLonger() {
		Seen seldom = Seen.denied(Mechanism.EXEC, Kind.LIVENESS);
		seldom.period = Duration.ofSeconds(3);
		seldom.probes.clear();
		seldom.probes.add(Seen.probe(1, "127.0.0.1"));
		assertThat(seldom.finding().verdict()).isEqualTo(Verdict.SURVIVES);

		seldom.probes.clear();
		seldom.period = Duration.ofSeconds(2);
		seldom.probes.add(Seen.probe(1, "127.0.0.1"));
		seldom.leadsTo(Verdict.INCONCLUSIVE, "no probe was seen for 9000 ms, at most 8000");
	}

	@Test
	void aProbeThatComesNoMoreAtTheEndIsAGapAsWell() {
		this.seen.probes.subList(2, 10).clear();

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "no probe was seen for 8000 ms");
	}

	@Test
	void aStartupProbeComesOnce() {
		Seen started = Seen.denied(Mechanism.HTTP_GET, Kind.STARTUP);
		started.probes.subList(1, 10).clear();

		assertThat(started.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.42.1.1", "127.0.0.1" })
	void aProbeFromElsewhereIsNotTheNodes(String source) {
		this.seen.probes.add(Seen.probe(9, source));

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "probes came from " + source + ", which is no address of node node");
	}

	@Test
	void anExecProbeComesFromInsideThePod() {
		Seen exec = Seen.denied(Mechanism.EXEC, Kind.LIVENESS);
		exec.probes.add(Seen.probe(9, Seen.NODE));

		exec.leadsTo(Verdict.INCONCLUSIVE, "probes came from 10.42.0.1, which is no address of the pod's loopback");
	}

	@Test
	void aHistoryThatStoppedIsMissingEvidence() {
		this.seen.byHistory = 17;
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "the pod's history counts 17 probes and its log has 20");

		this.seen.byHistory = 18;
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);

		this.seen.byHistory = null;
		this.seen.leadsTo(Verdict.INCONCLUSIVE, "the pod's history could not be read");
	}

	@Test
	void oneLateAnswerIsNotAFailureWhereProbesKeptArriving() {
		this.seen.unhealthy.add("Liveness probe failed: context deadline exceeded");
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
		assertThat(this.seen.finding().because())
			.contains("one answer was late: Liveness probe failed: context deadline exceeded");

		this.seen.unhealthy.add("Liveness probe failed: context deadline exceeded");
		this.seen.leadsTo(Verdict.BROKEN, "the kubelet said: Liveness probe failed");
	}

	@Test
	void oneFailureIsOneWhereAProbeDidNotArrive() {
		this.seen.unhealthy.add("Liveness probe failed: context deadline exceeded");
		this.seen.probes.subList(1, 8).clear();

		this.seen.leadsTo(Verdict.BROKEN, "the kubelet said: Liveness probe failed");
	}

}
