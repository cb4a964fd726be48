package io.pyserver.lab.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The name of an engine, by what it has installed and the user may see. */
@EnableKubernetesMockClient(https = false)
class EngineTest {

	private KubernetesMockServer server;

	private KubernetesClient client;

	/** The user may list DaemonSets, unless the status is another than 200. */
	@ParameterizedTest
	@CsvSource(textBlock = """
			cilium.io,            200, kindnet, v1.34.4,      Cilium
			crd.projectcalico.org,200, none,    v1.34.4,      Calico
			apps,                 200, kindnet, v1.34.4,      kindnet
			apps,                 403, kindnet, v1.34.4,      unknown
			apps,                 200, none,    v1.34.4+k3s1, kube-router of k3s
			apps,                 403, none,    v1.34.4+k3s1, kube-router of k3s
			apps,                 200, none,    v1.34.4,      unknown
			""")
	void theEngineIsNamedByWhatIsInstalled(String group, int status, String daemonSet, String version, String name) {
		expect("/apis", 200, "{\"groups\": [{\"name\": \"%s\"}]}".formatted(group));
		expect("/apis/apps/v1/daemonsets", status,
				(status != 200) ? "{}" : "{\"items\": [{\"metadata\": {\"name\": \"%s\"}}]}".formatted(daemonSet));

		assertThat(Engine.of(this.client, version)).isEqualTo(name);
	}

	private void expect(String path, int status, Object answer) {
		this.server.expect().get().withPath(path).andReturn(status, answer).always();
	}

}
