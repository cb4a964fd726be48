package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Harm.Unready;

import static io.pyserver.lab.evidence.Rule.rule;
import static io.pyserver.lab.evidence.SampleObservation.at;
import static io.pyserver.lab.evidence.Verdict.BROKEN;
import static io.pyserver.lab.evidence.Verdict.INCONCLUSIVE;
import static io.pyserver.lab.evidence.Verdict.SURVIVES;

/** What follows from the probes that failed, and from those that are missing. */
class ProbesFindingTest {

	private static final String LIVENESS = "deny-both/httpGet/liveness/pod-first";

	private static final String STARTUP = "deny-both/httpGet/startup/pod-first";

	private static final String KILLED = "OOMKilled, exit code 137";

	@ParameterizedTest
	@MethodSource({ "probing", "counts" })
	void anObservationLeadsToAVerdict(Rule rule) {
		rule.assertHolds();
	}

	static Stream<Rule> probing() {
		String late = "Liveness probe failed: context deadline exceeded";
		return Stream.of(rule("one failed probe", LIVENESS, (seen) -> {
			seen.failures.add(4);
			seen.said.add(late);
		}, SURVIVES,
				"10 probes succeeded and one failed after the policies were shown to be enforced, as one late answer does; "
						+ "those in the log are from 10.42.0.1; the longest gap is 1000 ms; the kubelet said: " + late),
				rule("one failed probe on arrival", LIVENESS, (seen) -> seen.failures.add(-4), SURVIVES,
						"one failed before the policies were shown to be enforced"),
				rule("two failed probes", LIVENESS, (seen) -> {
					seen.failures.addAll(List.of(4, 7));
					seen.said.add(late);
				}, BROKEN,
						"since 2026-11-23T12:00:04Z, 0 liveness probes failed before the policies were shown to be enforced"
								+ " and 2 after, beside 10 that succeeded; the kubelet said: " + late),
				rule("failures while the policies come", LIVENESS, (seen) -> {
					seen.failures.addAll(List.of(-4, -3, -2));
					seen.outOfService = Duration.ofSeconds(3);
				}, BROKEN,
						"3 liveness probes failed before the policies were shown to be enforced and 0 after, "
								+ "beside 10 that succeeded, and the pod was out of service for 3000 ms"),
				rule("failures before the policies", LIVENESS, (seen) -> seen.failures.addAll(List.of(-8, -7, -6)),
						SURVIVES, "10 probes succeeded and none failed"),
				rule("failures until the service listens", STARTUP, (seen) -> seen.failures.addAll(List.of(1, 2, 3)),
						SURVIVES, "15 probes succeeded; those in the log are from 10.42.0.1"),
				rule("one failure where the kubelet acts on one", LIVENESS, (seen) -> {
					seen.failureThreshold = 1;
					seen.failures.add(-3);
				}, BROKEN, "1 liveness probes failed before the policies were shown to be enforced"),
				rule("a restart for failed probes", LIVENESS,
						(seen) -> seen.restarts.add(new Restart(at(2), at(3), at(4), "Error, exit code 143", true)),
						BROKEN, "the kubelet restarted the container 1 times for failed probes"),
				rule("one failed probe of a pod that is not ready", LIVENESS, (seen) -> {
					seen.unready = new Unready(Kind.STARTUP, 1, Instant.EPOCH, List.of());
					seen.problem = "it takes requests, and its node did not find it ready";
				}, INCONCLUSIVE, "it takes requests, and its node did not find it ready"),
				// It has ended before its kubelet knows that.
				rule("failures while the kernel ends a container", LIVENESS, (seen) -> {
					seen.failures.addAll(List.of(2, 3));
					seen.restarts.add(new Restart(at(2), at(4), at(6), KILLED, false));
				}, SURVIVES, "the container was started again for no probe: " + KILLED));
	}

	static Stream<Rule> counts() {
		Stream<Rule> silent = Arrays.stream(Mechanism.values())
			.map((mechanism) -> rule("no success by " + mechanism.label(), "deny-both/liveness/" + mechanism.label(),
					(seen) -> seen.successes.clear(), INCONCLUSIVE, "no liveness probe succeeded for 10000 ms"));
		return Stream.concat(silent, Stream.of(
				rule("no success of startup", STARTUP, (seen) -> seen.successes.removeIf((second) -> second > -5),
						INCONCLUSIVE, "no startup probe succeeded under the policies"),
				rule("one success of startup", STARTUP, (seen) -> {
					seen.successes.removeIf((second) -> second != 1);
					seen.probes.subList(1, 10).clear();
				}, SURVIVES, "1 probes succeeded"),
				// Sent after a second, given up after three, the next answered after
				// three, and counted a second later.
				rule("a gap longer than one failure explains", LIVENESS,
						(seen) -> seen.successes.removeAll(Set.of(1, 2, 3, 4, 5, 6, 7, 8)), INCONCLUSIVE,
						"no liveness probe succeeded for 9000 ms; one that fails explains at most 8000 ms"),
				rule("a gap that one failure explains", LIVENESS, (seen) -> {
					seen.successes.removeAll(Set.of(2, 3, 6, 7, 9));
				}, SURVIVES, "the longest gap is 3000 ms"),
				rule("a long gap between probes that come seldom", LIVENESS, (seen) -> {
					seen.period = Duration.ofSeconds(3);
					seen.successes.removeIf((second) -> second > 0 && second < 10);
				}, SURVIVES, "the longest gap is 10000 ms"),
				rule("a gap too long for their period", LIVENESS, (seen) -> {
					seen.period = Duration.ofSeconds(2);
					seen.successes.removeIf((second) -> second > 0 && second < 10);
				}, INCONCLUSIVE, "no liveness probe succeeded for 10000 ms; one that fails explains at most 9000 ms"),
				rule("successes that stop", LIVENESS, (seen) -> seen.successes.removeIf((second) -> second > 1),
						INCONCLUSIVE, "no liveness probe succeeded for 9000 ms"),
				rule("successes at less than half the rate", LIVENESS,
						(seen) -> seen.successes.removeAll(Set.of(1, 2, 4, 5, 7, 8)), INCONCLUSIVE,
						"only 4 liveness probes succeeded in 10 s, where at least 5 had to"),
				rule("counts that end before the watch", LIVENESS,
						(seen) -> seen.missedReadings.addAll(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)), INCONCLUSIVE,
						"probes were not counted after 2026-11-23T11:59:59Z, and the watch ended at 2026-11-23T12:00:10Z"),
				// It shows several successes at once.
				rule("a late reading", LIVENESS,
						(seen) -> seen.missedReadings.addAll(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9)), SURVIVES,
						"10 probes succeeded and none failed"),
				// From its end until it is ready again nobody expects a success.
				rule("no success while a container starts again", LIVENESS, (seen) -> {
					seen.successes.removeIf((second) -> second > 1 && second < 10);
					seen.restarts.add(new Restart(at(2), at(4), at(9), KILLED, false));
				}, SURVIVES, "the longest gap is 1000 ms"), rule("no success after a restart", LIVENESS, (seen) -> {
					seen.successes.removeIf((second) -> second > 0);
					seen.restarts.add(new Restart(at(-1), at(0), null, KILLED, false));
				}, INCONCLUSIVE, "no liveness probe succeeded for 0 ms"),
				rule("a container that is not ready again", LIVENESS, (seen) -> {
					seen.successes.removeIf((second) -> second > 1);
					seen.restarts.add(new Restart(at(2), at(4), null, KILLED, false));
					seen.problem = "it was not ready again within 120 s";
				}, INCONCLUSIVE, "it was not ready again within 120 s")));
	}

}
