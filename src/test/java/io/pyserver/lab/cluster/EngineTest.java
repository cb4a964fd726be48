package io.pyserver.lab.cluster;

import io.fabric8.kubernetes.api.model.APIGroupBuilder;
import io.fabric8.kubernetes.api.model.APIGroupListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An engine is told by what it has installed, as far as one may look. */
@EnableKubernetesMockClient(https = false)
class EngineTest {

	private KubernetesMockServer server;

	private KubernetesClient client;

	@ParameterizedTest
	@CsvSource({ "cilium.io, v1.34.4, Cilium", "crd.projectcalico.org, v1.34.4, Calico",
			"apps, v1.34.4+k3s1, kube-router of k3s", "apps, v1.34.4, unknown" })
	void itIsNamedByItsApi(String group, String version, String name) {
		this.server.expect()
			.get()
			.withPath("/apis")
			.andReturn(200, new APIGroupListBuilder().withGroups(new APIGroupBuilder().withName(group).build()).build())
			.always();

		assertThat(Engine.of(this.client, version)).isEqualTo(name);
	}

}
