package io.pyserver.operator;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import io.pyserver.support.OwnAddress;
import io.pyserver.support.RawClient;
import io.pyserver.support.RawResponse;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the property says so, the metrics are for everyone, and nothing else is.
 */
@ServiceTest(properties = "pyserver.prometheus=true")
class MetricsForAllTest {

	@LocalServerPort
	private int port;

	@Test
	void everyoneCanReadTheMetrics() throws IOException {
		RawResponse metrics = askFromOutside("GET", "/actuator/prometheus");

		assertThat(metrics.status()).isEqualTo(200);
		assertThat(metrics.body()).contains("pyserver_probes_total{outcome=\"success\",probe=\"liveness\"}");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /actuator", "GET, /actuator/", "GET, /actuator/health", "GET, /actuator/probes",
			"GET, /actuator/liveness", "POST, /actuator/liveness", "GET, /actuator/prometheus/",
			"GET, /actuator/prometheus/x" })
	void noOtherEndpointIsOnTheServicesPort(String method, String path) throws IOException {
		assertThat(askFromOutside(method, path).status()).isEqualTo(404);
	}

	private RawResponse askFromOutside(String method, String path) throws IOException {
		return new RawClient(OwnAddress.any(), this.port)
			.exchange(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
	}

}
