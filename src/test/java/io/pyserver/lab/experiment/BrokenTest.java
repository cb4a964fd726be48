package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.pyserver.lab.evidence.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is noticed of a pod that was broken. */
@EnableKubernetesMockClient(crud = true, https = false)
class BrokenTest {

	private KubernetesMockServer server;

	private KubernetesClient client;

	@Test
	void whatWasOverBeforeAnybodyLookedIsNoticedWithItsTime() {
		try (FakeLab lab = FakeLab.of(this.server, this.client)) {
			SubjectPod subject = lab.subject("a", Map.of());
			Broken broken = Broken.of(lab.group(), Kind.READINESS, Instant.now(), List.of(subject));

			lab.pods().become("a", false, 0);
			lab.pods().become("a", true, 0);

			assertThat(broken.noticed((_, state) -> !state.ready())).containsOnlyKeys(subject)
				.containsEntry(subject, lab.group().states("a").get(2));
		}
	}

}
