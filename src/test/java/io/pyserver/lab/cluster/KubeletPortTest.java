package io.pyserver.lab.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which requests a kubelet gets, and with which token. One server is kubelet and API
 * server.
 */
class KubeletPortTest {

	private static final KubernetesMockServer server = new KubernetesMockServer();

	@AutoClose
	private KubernetesClient client;

	@AutoClose
	private KubeletPort port;

	@BeforeAll
	static void start() {
		server.init();
	}

	@AfterAll
	static void end() {
		server.destroy();
	}

	@BeforeEach
	void prepare() {
		server.reset();
		this.client = server.createClient();
		server.expect().get().withPath("/api/v1/nodes/one").andReturn(200, """
				{"status": {"addresses": [
				  {"type": "Hostname", "address": "one.example"}, {"type": "InternalIP", "address": "127.0.0.1"}]}}
				""").always();
		server.expect()
			.post()
			.withPath("/api/v1/namespaces/lab/serviceaccounts/kubelet-metrics/token")
			.andReturn(201, "{\"status\": {\"token\": \"small\"}}")
			.once();
		this.port = new KubeletPort(this.client, "lab", server.getPort());
	}

	@Test
	void aKubeletGetsTheTokenOfTheAccountThatMayOnlyReadMetrics() {
		server.expect()
			.get()
			.withPath("/metrics/probes")
			.andReply(200, (request) -> request.getHeader("Authorization"))
			.times(2);

		assertThat(this.port.metrics("one")).isEqualTo("Bearer small");
		assertThat(this.port.metrics("one")).as("with the same token").isEqualTo("Bearer small");
	}

	@Test
	void theErrorNamesANodeThatIsGone() {
		server.expect().get().withPath("/api/v1/nodes/gone").andReturn(404, "").always();

		assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> this.port.metrics("gone"))
			.returns(404, KubernetesClientException::getCode)
			.withMessage("node gone is gone");
	}

	@Test
	void theReasonNamesANodeThatRefuses() {
		server.expect().get().withPath("/metrics/probes").andReturn(403, "no").always();

		ProbeMetrics metrics = new ProbeMetrics(this.port::metrics);
		metrics.open("one");
		assertThat(metrics.refusal("one")).hasValueSatisfying((reason) -> assertThat(reason).contains("node one: "));
	}

}
