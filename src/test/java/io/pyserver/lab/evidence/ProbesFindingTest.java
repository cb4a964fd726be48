package io.pyserver.lab.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What follows from the probes that arrived, and from those that did not. */
class ProbesFindingTest {

	private final Seen seen = Seen.denied(Mechanism.HTTP_GET, Kind.LIVENESS);

	@Test
	void oneFailedProbeIsALateAnswer() {
		this.seen.failures.add(4);
		this.seen.said.add("Liveness probe failed: context deadline exceeded");

		this.seen.leadsTo(Verdict.SURVIVES,
				"one failed after the policies were shown to be enforced, as one late answer does");
	}

	@Test
	void twoFailedProbesBreakAndAreCountedSinceTheFirst() {
		this.seen.failures.addAll(List.of(4, 7));
		this.seen.said.add("Liveness probe failed: context deadline exceeded");

		this.seen.leadsTo(Verdict.BROKEN,
				"since 2026-11-23T12:00:04Z, 0 liveness probes failed before the policies were shown to be enforced"
						+ " and 2 after, beside 10 that succeeded; the kubelet said: Liveness probe failed: context deadline exceeded");
	}

	@Test
	void probesThatFailWhileThePoliciesComeBreak() {
		this.seen.failures.addAll(List.of(-4, -3, -2));
		this.seen.outOfService = Duration.ofSeconds(3);

		this.seen.leadsTo(Verdict.BROKEN,
				"3 liveness probes failed before the policies were shown to be enforced and 0 after");
		this.seen.leadsTo(Verdict.BROKEN, "the pod was out of service for 3000 ms");
	}

	@Test
	void probesThatFailedBeforeThePoliciesAreNoneOfTheirs() {
		this.seen.failures.addAll(List.of(-8, -7, -6));

		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	/** It fails until the service listens. */
	@Test
	void startupProbesMayFail() {
		Seen starting = Seen.denied(Mechanism.HTTP_GET, Kind.STARTUP);
		starting.failures.addAll(List.of(1, 2, 3));

		assertThat(starting.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	@Test
	void withoutASuccessOfStartupNothingIsProved() {
		Seen starting = Seen.denied(Mechanism.HTTP_GET, Kind.STARTUP);
		starting.successes.removeIf((second) -> second > -5);

		starting.leadsTo(Verdict.INCONCLUSIVE, "no startup probe succeeded under the policies");
	}

	/** Of exec the kubelet's count is all there is beside the log. */
	@ParameterizedTest
	@EnumSource
	void withoutAnySuccessNothingIsProved(Mechanism mechanism) {
		Seen silent = Seen.denied(mechanism, Kind.LIVENESS);
		silent.successes.clear();

		silent.leadsTo(Verdict.INCONCLUSIVE, "no liveness probe succeeded for 10000 ms");
	}

	@ParameterizedTest
	@EnumSource
	void withoutAnyProbeInTheLogNobodyKnowsWhereTheyCameFrom(Kind kind) {
		Seen silent = Seen.denied(Mechanism.HTTP_GET, kind);
		silent.probes.clear();

		silent.leadsTo(Verdict.INCONCLUSIVE, "no " + kind.label() + " probe is in the pod's log");
	}

	/**
	 * Sent after a second, given up after three, the next answered after three, and
	 * counted a second later.
	 */
	@Test
	void aGapLongerThanOneFailureExplainsIsMissingEvidence() {
		this.seen.successes.removeAll(Set.of(1, 2, 3, 4, 5, 6, 7, 8));
		this.seen.leadsTo(Verdict.INCONCLUSIVE,
				"no liveness probe succeeded for 9000 ms; one that fails explains at most 8000 ms");

		this.seen.successes.addAll(Set.of(1, 4, 5, 8));
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	/** The period is as long as the timeout. */
	@Test
	void aProbeThatComesSeldomMayBeMissedForLonger() {
		this.seen.period = Duration.ofSeconds(3);
		this.seen.successes.removeIf((second) -> second > 0 && second < 10);
		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);

		this.seen.period = Duration.ofSeconds(2);
		this.seen.leadsTo(Verdict.INCONCLUSIVE,
				"no liveness probe succeeded for 10000 ms; one that fails explains at most 9000");
	}

	@Test
	void successesThatStopAreAGapAsWell() {
		this.seen.successes.removeIf((second) -> second > 1);

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "no liveness probe succeeded for 9000 ms");
	}

	@Test
	void countsThatEndBeforeTheWatchAreMissingEvidence() {
		this.seen.lastReading = -1;

		this.seen.leadsTo(Verdict.INCONCLUSIVE,
				"probes were not counted after 2026-11-23T11:59:59Z, and the watch ended at 2026-11-23T12:00:10Z");
	}

	@Test
	void aStartupProbeComesOnce() {
		Seen started = Seen.denied(Mechanism.HTTP_GET, Kind.STARTUP);
		started.successes.removeIf((second) -> second != 1);
		started.probes.subList(1, 10).clear();

		assertThat(started.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	/** From its end until it is ready again nobody expects a success. */
	@Test
	void aContainerThatTheKernelEndedIsNoFailureOfProbes() {
		this.seen.successes.removeIf((second) -> second > 1 && second < 10);
		this.seen.restarts.add(new Restart(Seen.at(2), Seen.at(4), Seen.at(9), "OOMKilled, exit code 137", false));

		this.seen.leadsTo(Verdict.SURVIVES, "the container was started again for no probe: OOMKilled, exit code 137");
	}

	/** It has ended before its kubelet knows that. */
	@Test
	void whatFailsWhileAContainerEndsIsNotHeldAgainstProbes() {
		this.seen.failures.addAll(List.of(2, 3));
		this.seen.restarts.add(new Restart(Seen.at(2), Seen.at(4), Seen.at(6), "OOMKilled, exit code 137", false));

		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	@Test
	void withoutAnySuccessAfterARestartNothingIsProved() {
		this.seen.successes.removeIf((second) -> second > 0);
		this.seen.restarts.add(new Restart(Seen.at(-1), Seen.at(0), null, "OOMKilled, exit code 137", false));

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "no liveness probe succeeded for ");
	}

	/** It shows several successes at once. */
	@Test
	void aLateReadingIsNoGap() {
		this.seen.missedReadings.addAll(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9));

		assertThat(this.seen.finding().verdict()).isEqualTo(Verdict.SURVIVES);
	}

	@Test
	void whereTheKubeletActsOnOneFailureOneIsTooMany() {
		this.seen.failureThreshold = 1;
		this.seen.failures.add(-3);

		this.seen.leadsTo(Verdict.BROKEN, "1 liveness probes failed before the policies were shown to be enforced");
	}

	@Test
	void successesAtLessThanHalfThePeriodsRateAreMissingEvidence() {
		this.seen.successes.removeAll(Set.of(1, 2, 4, 5, 7, 8));

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "only 4 liveness probes succeeded in 10 s, where at least 5 had to");
	}

	@Test
	void aContainerThatIsNotReadyAgainHasNoProbesToCount() {
		this.seen.successes.removeIf((second) -> second > 1);
		this.seen.restarts.add(new Restart(Seen.at(2), Seen.at(4), null, "OOMKilled, exit code 137", false));
		this.seen.problem = "it was not ready again within 120 s";

		this.seen.leadsTo(Verdict.INCONCLUSIVE, "it was not ready again within 120 s");
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

}
