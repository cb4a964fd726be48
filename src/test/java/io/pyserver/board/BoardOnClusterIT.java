package io.pyserver.board;

import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.manifests.Enforcement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.pyserver.ThoroughTest;
import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Fetch;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.operator.PortForward;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.shipped.Policies;
import io.pyserver.lab.shipped.Workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The board over a port-forward: it shows a pod being cut off as that happens, and the
 * restart of a probe that was broken.
 */
@ThoroughTest
@ClusterTest(throwAway = true)
@Order(Integer.MAX_VALUE - 1)
class BoardOnClusterIT {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** On a machine that is idle it takes two seconds. */
	private static final Duration SOON = Duration.ofSeconds(10);

	private static final String ASK_API_SERVER = "exec timeout 3 wget -q -O - http://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/";

	@Test
	void theBoardShowsBlockedEgressAndARestart(Cluster cluster) {
		Workload workload = Workload.deploy(cluster, "board", LabSettings.current().period());
		PodGroup group = workload.group();
		String pod = farFromTheApiServer(group);
		try (PortForward operator = PortForward.to(group, pod); SeenBoard board = new SeenBoard(operator)) {
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(
						List.of(board.state("liveness"), board.state("readiness"), board.state("egress")))
					.as("liveness, readiness and egress before the policies")
					.containsExactly("arriving", "arriving", "open"));

			seeTheCut(group, pod, board);
			assertThat(group.shell(pod)
				.run("timeout", "4", "wget", "-q", "-O", "-", "http://127.0.0.1:8081/board/events")
				.stdout()).contains("{\"id\":\"liveness\",\"state\":\"arriving\"",
						"{\"id\":\"egress-api-server\",\"state\":\"blocked\"");
			seeTheRestart(group, pod, operator, board);
			workload.awaitReady();
		}
		finally {
			workload.remove();
		}
	}

	/**
	 * A pod on the last node: not every engine polices what a pod sends to its own node,
	 * and the API server of a throw-away cluster runs on the first.
	 */
	private static String farFromTheApiServer(PodGroup group) {
		String last = group.cluster().nodes().getLast().name();
		return group.pods()
			.values()
			.stream()
			.filter((pod) -> pod.getSpec().getNodeName().equals(last))
			.map((pod) -> pod.getMetadata().getName())
			.findFirst()
			.orElseThrow(() -> new AssertionError("no pod runs on node " + last));
	}

	private static void seeTheCut(PodGroup group, String pod, SeenBoard board) {
		new Policies(group, Policy.DENY_BOTH).apply();
		Enforcement.await(Control.POD_TO_API_SERVER, () -> askApiServer(group, pod));
		Instant shown = Instant.now();
		await().atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> board.state("egress").equals("blocked"));

		assertThat(board.moments().stream().filter((moment) -> moment.state("egress").equals("blocked")).findFirst())
			.as("the first blocked egress on the board; the control showed it at %s", shown)
			.hasValueSatisfying((first) -> assertThat(first.at()).isBefore(shown.plus(SOON)));
		int sofar = board.moments().size();
		await().atMost(PATIENCE)
			.until(() -> board.moments().size() > sofar + 5 && board.state("liveness").equals("arriving"));
		assertThat(List.copyOf(board.moments()).subList(sofar, sofar + 5))
			.allSatisfy((moment) -> assertThat(moment.state("egress")).as("egress while cut off").isEqualTo("blocked"));
	}

	/** What the button sends, and what the page hears. */
	private static void seeTheRestart(PodGroup group, String pod, PortForward operator, SeenBoard board) {
		int restarts = group.restarts().get(pod);
		long started = board.started();
		operator.post("/actuator/liveness", "{\"state\":\"broken\"}");

		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(board.moments()).anyMatch((moment) -> moment.state("liveness").equals("failing")));
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(board.started()).as("the start of the process behind the board")
				.isGreaterThan(started));
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(board.state("liveness")).as("liveness after the restart").isEqualTo("arriving"));
		await().atMost(PATIENCE).until(() -> group.restarts().get(pod) == restarts + 1);
	}

	/** It answers to plain HTTP, with an error. */
	private static Reach askApiServer(PodGroup group, String pod) {
		return Fetch.byWget(group.shell(pod).run("sh", "-c", ASK_API_SERVER));
	}

}
