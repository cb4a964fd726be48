package io.pyserver.lab.experiment;

import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Mechanism;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which pods are waited for, and how long. */
@EnableKubernetesMockClient(crud = true, https = false)
class ReadinessTest {

	private static final String LISTENS = "2026-11-25T12:00:00Z {\"message\": \"Started PyserverApplication in 1 s\"}\n";

	private KubernetesMockServer server;

	private KubernetesClient client;

	private FakeCluster cluster;

	private FakePods pods;

	private PodGroup group;

	private SubjectPod subject;

	@BeforeEach
	void start() {
		this.cluster = FakeCluster.of(this.client);
		this.group = new PodGroup(this.cluster, this.cluster.namespaces().name("test"));
		this.pods = new FakePods(this.server, this.group);
		this.subject = new SubjectPod(this.group, "a", "one", Mechanism.HTTP_GET, "companion");
		this.pods.create("a");
		this.pods.print("a", LISTENS);
	}

	@AfterEach
	void stop() {
		this.cluster.close();
	}

	@Test
	void aPodThatIsReadyIsNotLate() {
		this.pods.become("a", true, 0);

		assertThat(await(Duration.ofSeconds(1))).isNull();
	}

	/** Well before the limit. */
	@Test
	void aPodThatListensAndIsComplainedOfIsGivenUp() throws InterruptedException {
		this.pods.become("a", false, 0);
		Thread complaints = Thread.startVirtualThread(() -> {
			sleep(Duration.ofSeconds(2));
			this.pods.complain("a", "Startup probe failed: i/o timeout", 3);
		});

		Readiness.NotReady late = await(Duration.ofMinutes(5));

		complaints.join();
		assertThat(late.listens()).isTrue();
		assertThat(late.said().messages()).hasSize(3).containsOnly("Startup probe failed: i/o timeout");
	}

	@Test
	void aPodThatDoesNotRunIsWaitedForUntilTheLimit() {
		assertThat(await(Duration.ofSeconds(1))).returns(false, Readiness.NotReady::listens);
	}

	private Readiness.NotReady await(Duration limit) {
		return new Readiness(this.group, limit, Duration.ZERO, (_) -> Duration.ofSeconds(60))
			.await(List.of(this.subject))
			.get(this.subject);
	}

	private static void sleep(Duration duration) {
		try {
			Thread.sleep(duration);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
