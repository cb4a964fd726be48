package io.pyserver.lab.evidence;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.evidence.Observation.Harm;
import io.pyserver.lab.evidence.Observation.Subject;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which verdict follows from which observation, and with which reason. A row changes a
 * {@link SampleObservation} in which the probe survives.
 */
class FindingTest {

	private static final String LIVENESS = "deny-both/httpGet/liveness/pod-first";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					image sha256:9                                 | SURVIVES     | 10 probes succeeded
					image docker.io/library/pyserver@sha256:9      | SURVIVES     | 10 probes succeeded
					image gcr.io/project/pyserver:v1@sha256:1      | SURVIVES     | 10 probes succeeded
					image docker-pullable://pyserver@sha256:9      | SURVIVES     | 10 probes succeeded
					image docker://sha256:1                        | SURVIVES     | 10 probes succeeded
					image sha256:2          | INCONCLUSIVE | the pod runs the image sha256:2, not the one under test, sha256:1 or sha256:9
					image sha256:           | INCONCLUSIVE | the pod runs the image sha256:, not
					image pyserver:1.0      | INCONCLUSIVE | the pod runs the image pyserver:1.0, not
					image pyserver@sha256:3 | INCONCLUSIVE | the pod runs the image pyserver@sha256:3, not
					image sha256:1@sha256:0 | INCONCLUSIVE | the pod runs the image sha256:1@sha256:0, not
					image ; problem it was not ready | INCONCLUSIVE | the container never ran: it was not ready
					unprobed                | INCONCLUSIVE | the running pod has no liveness probe by httpGet
					""")
	void thePodHasToBeTheOneThatTheCellAsksFor(String changes, Verdict verdict, String reason) {
		assertFinding(LIVENESS, changes, verdict, reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					deny-both/liveness | pod-to-pod during reached           | pod-to-pod was reached and had to be blocked
					deny-both/liveness | pod-to-pod during broken-off        | pod-to-pod was broken-off and had to be blocked
					deny-both/liveness | outsider-to-pod during reached      | outsider-to-pod was reached and had to be blocked
					deny-both/liveness | labelled-peer-to-pod during reached | labelled-peer-to-pod was reached and had to be blocked
					deny-both/liveness | pod-to-outsider during reached      | pod-to-outsider was reached and had to be blocked
					deny-both/liveness | other-node-to-pod during reached    | other-node-to-pod was reached and had to be blocked
					allow-peer/liveness | labelled-peer-to-pod during timed-out | labelled-peer-to-pod was timed-out and had to be reached
					deny-both/liveness | claimed 10.42.1.9 | under deny-both, a request came in from 10.42.1.9
					# the controls never settled
					deny-both/liveness | unsettled; outsider-to-pod settling reached; unlogged; unbroken \
					| outsider-to-pod was reached and had to be blocked
					""")
	void withoutEnforcementNothingIsProved(String cell, String changes, String reason) {
		assertFinding(cell, changes, Verdict.NOT_ENFORCED, reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					liveness | failed 4; said timeout | SURVIVES | 10 probes succeeded and one failed after the policies were shown to be \
					enforced, as one late answer does; those in the log are from 10.42.0.1; the longest gap is 1000 ms; the kubelet said: timeout
					liveness | failed -4              | SURVIVES | one failed before the policies were shown to be enforced
					liveness | failed -8 -7 -6        | SURVIVES | 10 probes succeeded and none failed
					liveness | failed 4 7; said first; said timeout | BROKEN | since 2026-11-23T12:00:04Z, 0 liveness probes failed before \
					the policies were shown to be enforced and 2 after, beside 10 that succeeded; the kubelet said: timeout
					liveness | failed -4..-2; out-of-service 3 | BROKEN | 3 liveness probes failed before the policies were shown to be \
					enforced and 0 after, beside 10 that succeeded, and the pod was out of service for 3000 ms
					liveness | threshold 1; failed -3 | BROKEN   | 1 liveness probes failed before the policies were shown to be enforced
					liveness | restarted              | BROKEN   | the kubelet restarted the container 1 times for failed probes
					liveness | unready 1; problem it was not found ready | INCONCLUSIVE | it was not found ready
					# the kernel ended the container, at most 3 seconds before the kubelet noticed
					liveness | killed 2 4 6; failed 2 3 | SURVIVES | the container was started again for no probe: OOMKilled, exit code 137
					liveness | killed 5 5 6; failed 2 9 | SURVIVES | 10 probes succeeded and none failed
					liveness | killed 6 6 6; failed 2 10 | BROKEN  | since 2026-11-23T12:00:02Z, 0 liveness probes failed before
					# until the service listens
					startup  | failed 1..3            | SURVIVES | 15 probes succeeded; those in the log are from 10.42.0.1
					""")
	void probesAreBrokenIfMoreFailThanALateAnswerExplains(String kind, String changes, Verdict verdict, String reason) {
		assertFinding("deny-both/httpGet/pod-first/" + kind, changes, verdict, reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					httpGet/liveness   | unsuccessful -9..10 | INCONCLUSIVE | no liveness probe succeeded for 10000 ms
					tcpSocket/liveness | unsuccessful -9..10 | INCONCLUSIVE | no liveness probe succeeded for 10000 ms
					exec/liveness      | unsuccessful -9..10 | INCONCLUSIVE | no liveness probe succeeded for 10000 ms
					grpc/liveness      | unsuccessful -9..10 | INCONCLUSIVE | no liveness probe succeeded for 10000 ms
					startup  | unsuccessful -4..10       | INCONCLUSIVE | no startup probe succeeded under the policies
					startup  | unsuccessful -9..0 2..10  | SURVIVES     | 1 probes succeeded
					# sent after a second, given up after three, the next one answered after three, and counted a second later
					liveness | unsuccessful 1..8 | INCONCLUSIVE | no liveness probe succeeded for 9000 ms; one failed probe explains at most 8000 ms
					liveness | unsuccessful 2 3 6 7 9    | SURVIVES     | the longest gap is 3000 ms
					liveness | unsuccessful 2..10        | INCONCLUSIVE | no liveness probe succeeded for 9000 ms
					liveness | period 3; unsuccessful 1..9 | SURVIVES   | the longest gap is 10000 ms
					liveness | period 2; unsuccessful 1..9 | INCONCLUSIVE | for 10000 ms; one failed probe explains at most 9000 ms
					liveness | unsuccessful 1 2 4 5 7 8  | INCONCLUSIVE | only 4 liveness probes succeeded in 10 s, where at least 5 had to
					liveness | unread 0..10 | INCONCLUSIVE | probes were not counted after 2026-11-23T11:59:59Z, and the watch ended at \
					2026-11-23T12:00:10Z
					# a late reading shows several successes
					liveness | unread 1..9               | SURVIVES     | 10 probes succeeded and none failed
					# no success is expected from the end of a container until it is ready again
					liveness | killed 2 4 9; unsuccessful 2..9 | SURVIVES | the longest gap is 1000 ms
					liveness | killed 2 4 9; killed 2 4 9; unsuccessful 2..9 | SURVIVES | the longest gap is 1000 ms
					liveness | killed -1 0; unsuccessful 1..10 | INCONCLUSIVE | no liveness probe succeeded for 0 ms
					liveness | killed 2 4; unsuccessful 2..10; problem it was not ready again | INCONCLUSIVE | it was not ready again
					""")
	void enoughProbesHaveToSucceed(String cell, String changes, Verdict verdict, String reason) {
		assertFinding("deny-both/pod-first/" + cell, changes, verdict, reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					httpGet   | seen 10.42.0.1         | SURVIVES     | those in the log are from 10.42.0.1; the longest
					httpGet   | seen 172.18.0.2        | SURVIVES     | those in the log are from 10.42.0.1, 172.18.0.2
					httpGet   | seen 169.254.169.252   | SURVIVES     | those in the log are from 10.42.0.1, 169.254.169.252
					httpGet   | seen 169.253.0.1       | INCONCLUSIVE | probes came from 169.253.0.1, which is no address of node node-1
					httpGet   | seen 10.42.0.10        | INCONCLUSIVE | probes came from 10.42.0.10, which is no address of node node-1
					tcpSocket | seen 10.42.1.1         | INCONCLUSIVE | probes came from 10.42.1.1, which is no address of node node-1
					grpc      | seen 127.0.0.1         | INCONCLUSIVE | probes came from 127.0.0.1, which is no address of node node-1
					httpGet   | seen-inside 10.42.0.9  | INCONCLUSIVE | probes came from 10.42.0.9, which is no address of node node-1
					exec      | seen ::1               | SURVIVES     | those in the log are from 127.0.0.1, ::1
					exec      | seen-inside 10.42.0.9  | SURVIVES     | those in the log are from 10.42.0.9, 127.0.0.1
					exec      | seen 10.42.0.1         | INCONCLUSIVE | probes came from 10.42.0.1, which is no address of the pod's loopback
					exec      | seen 10.42.1.1         | INCONCLUSIVE | probes came from 10.42.1.1, which is no address of the pod's loopback
					startup   | unlogged               | INCONCLUSIVE | no startup probe is in the pod's log from 2026
					liveness  | unlogged               | INCONCLUSIVE | no liveness probe is in the pod's log from 2026
					readiness | unlogged               | INCONCLUSIVE | no readiness probe is in the pod's log from 2026
					httpGet   | claimed-inside 10.42.0.9 | INCONCLUSIVE | 1 requests pretended to be probes, from 10.42.0.9
					""")
	void probesHaveToComeFromTheirNode(String cell, String changes, Verdict verdict, String reason) {
		String kind = cell.endsWith("ness") || cell.equals("startup") ? "" : "/liveness";
		assertFinding("deny-both/" + cell + kind, changes, verdict, reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					deny-both/pod-first    | disordered | INCONCLUSIVE | the order is not pod-first
					deny-both/policy-first | disordered | INCONCLUSIVE | the order is not policy-first
					none/liveness | claimed 10.42.1.9   | INCONCLUSIVE | 1 requests pretended to be probes, from 10.42.1.9
					liveness | pod-to-pod during refused | SURVIVES | 5 controls were as expected
					# a cluster of one node
					liveness | without other-node-to-pod | SURVIVES | 4 controls were as expected
					liveness | pod-to-outsider before untried | INCONCLUSIVE | pod-to-outsider was not tried before
					liveness | pod-to-outsider during untried | INCONCLUSIVE | pod-to-outsider was not tried during
					liveness | pod-to-outsider after untried  | INCONCLUSIVE | pod-to-outsider was not tried after
					liveness | pod-to-outsider before timed-out | INCONCLUSIVE | already before any policy, pod-to-outsider was timed-out
					liveness | pod-to-outsider after timed-out \
					| INCONCLUSIVE | after the policies, pod-to-outsider was still timed-out, so they may not be the cause
					liveness | own-node-to-pod before refused; own-node-to-pod during reached | SURVIVES | observed: own-node-to-pod was reached
					liveness | pod-to-api-server during broken-off | SURVIVES | observed: pod-to-api-server was broken-off
					liveness | pod-to-pod-ping during reached | SURVIVES | observed: pod-to-pod-ping was reached
					liveness | uncontrolled | INCONCLUSIVE | no control was tried
					liveness | unbroken | INCONCLUSIVE | nothing was broken on purpose, so nothing shows that the kubelet acts on this probe
					liveness | nothing-followed | INCONCLUSIVE | it was broken, but it was not seen that it restarted
					liveness | bystanders one, other | INCONCLUSIVE | it was broken, and it hit others as well: one, other
					liveness | problem no way | INCONCLUSIVE | no way
					liveness | period 1 | SURVIVES | the probe was made to fail, and it was seen that the kubelet acted
					""")
	void aProbeSurvivesOnlyIfNoEvidenceIsMissing(String cell, String changes, Verdict verdict, String reason) {
		assertFinding(cell.contains("/") ? cell : "deny-both/" + cell, changes, verdict, reason);
	}

	private static void assertFinding(String cell, String changes, Verdict verdict, String reason) {
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
		Cell cell = Selection.of(LIVENESS).cells().getFirst();
		Subject subject = new Subject("lab", "pyserver", "node", Set.of(), "sha256:1", null, true,
				SampleObservation.at(0), SampleObservation.at(0));
		Observation blind = new Observation(cell, subject, List.of(), null, Harm.NONE, null, List.of(), null);

		assertThat(Finding.of(SampleObservation.withoutPod(cell, "no image")))
			.isEqualTo(new Finding(Verdict.INCONCLUSIVE, List.of("there was no pod: no image")));
		assertThat(Finding.of(blind)).isEqualTo(new Finding(Verdict.INCONCLUSIVE, List.of("no probes were observed")));
	}

	@Test
	void aReasonIsOneLineOfAtMost300Characters() {
		assertThat(new Finding(Verdict.BROKEN, List.of("no\n  way: " + "x".repeat(400))).because())
			.containsExactly("no way: " + "x".repeat(288) + " ...");
	}

}
