package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is seen while nothing is broken. */
@EnableKubernetesMockClient(crud = true, https = false)
class WatchTest {

	private static final String PROBE = """
			%s {"httpRequest": {"requestMethod": "GET", "requestUrl": "/", "status": 200, "remoteIp": "10.42.0.1"}, \
			"logging.googleapis.com/labels": {"caller": "node", "probe": "%s"}}
			""";

	private static final String HISTORY = "{\"kinds\": {\"startup\": {\"count\": 0}, \"liveness\": {\"count\": 2}, \"readiness\": {\"count\": 2}}}";

	private KubernetesMockServer server;

	private KubernetesClient client;

	private FakeLab lab;

	private SubjectPod subject;

	@BeforeEach
	void start() {
		this.lab = FakeLab.of(this.server, this.client);
		this.subject = this.lab.subject("a", Map.of());
		this.subject.enforced = Instant.now();
		this.lab.cluster().shells().put("a", (_) -> new Output(0, HISTORY, ""));
		this.lab.cluster().shells().put("companion", (_) -> new Output(0, "0 curl 28 blocked", ""));
		this.lab.pods()
			.print("a",
					Stream.of(1, 9)
						.flatMap((second) -> Stream.of(Kind.LIVENESS, Kind.READINESS)
							.map((kind) -> PROBE.formatted(this.subject.enforced.plusSeconds(second), kind.label())))
						.collect(Collectors.joining()));
	}

	@AfterEach
	void stop() {
		this.lab.close();
	}

	@Test
	void logAndHistoryAreCountedWhereProbesKeepArriving() {
		watchWhile(() -> {
		});

		assertThat(this.subject.watched).isEqualTo(new Watched(this.subject.enforced.plusSeconds(9),
				Map.of(Kind.STARTUP, 0, Kind.LIVENESS, 2, Kind.READINESS, 2),
				Map.of(Kind.STARTUP, 0, Kind.LIVENESS, 2, Kind.READINESS, 2)));
		assertThat(this.subject.harm(Kind.LIVENESS).unhealthy()).isEmpty();
		assertThat(this.subject.isWell()).isTrue();
	}

	@Test
	void whatTheKubeletSaidMeanwhileIsHeldAgainstItsKind() {
		watchWhile(() -> this.lab.pods().complain("a", "Readiness probe failed: context deadline exceeded", 1));

		assertThat(this.subject.harm(Kind.READINESS).unhealthy())
			.containsExactly("Readiness probe failed: context deadline exceeded");
		assertThat(this.subject.harm(Kind.LIVENESS).unhealthy()).isEmpty();
	}

	@Test
	void aRestartIsCounted() {
		watchWhile(() -> this.lab.pods().become("a", true, 1));

		assertThat(this.subject.harm(Kind.LIVENESS).restarts()).isEqualTo(1);
		assertThat(this.subject.isWell()).isFalse();
	}

	private void watchWhile(Runnable something) {
		Lab disturbed = this.lab.lab().sabotagedBy(new Sabotage() {

			@Override
			public Ongoing start(List<Target> pods) {
				something.run();
				return () -> {
				};
			}

		}, "watch");
		Rounds rounds = new Rounds(FakeLab::podToPod, disturbed.settings().settle(), Policy.DENY_BOTH, Order.POD_FIRST);
		new Watch(disturbed, this.lab.group(), rounds, KubeletEvents.NONE, List.of(this.subject)).run();
	}

}
