package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.FakePods;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is noticed of a pod that was broken. */
@EnableKubernetesMockClient(crud = true, https = false)
class BrokenTest {

	private KubernetesMockServer server;

	private KubernetesClient client;

	@Test
	void whatWasOverBeforeAnybodyLookedIsNoticedWithItsTime() {
		try (FakeCluster cluster = FakeCluster.of(this.client)) {
			PodGroup group = new PodGroup(cluster, cluster.namespaces().name("test"));
			FakePods pods = new FakePods(this.server, group);
			pods.create("a");
			pods.become("a", true, 0);
			SubjectPod subject = new SubjectPod(group, "a", "one", Mechanism.HTTP_GET, "companion");
			Broken broken = Broken.of(group, Kind.READINESS, Instant.now(), List.of(subject));

			pods.become("a", false, 0);
			pods.become("a", true, 0);

			assertThat(broken.noticed((_, state) -> !state.ready())).containsOnlyKeys(subject)
				.containsEntry(subject, group.states("a").get(2));
		}
	}

}
