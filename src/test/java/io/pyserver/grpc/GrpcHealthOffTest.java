package io.pyserver.grpc;

import java.io.IOException;
import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.mock.env.MockEnvironment;

import io.pyserver.accesslog.CapturedAccessLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who does not ask for gRPC gets none of it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(CapturedAccessLog.class)
class GrpcHealthOffTest {

	@LocalServerPort
	private int port;

	@Test
	void itIsAnUnknownPath() throws IOException {
		UnknownPath.assertThatCheckIsOne(this.port, "Connection: close\r\n");
	}

	@Test
	void http2IsNotSpoken() {
		assertThat(new HealthClient(InetAddress.ofLiteral("127.0.0.1"), this.port).check("")).isEqualTo("UNAVAILABLE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "yes", "TRUE", "1", "" })
	void whatIsNeitherOnNorOffIsNamed(String value) {
		MockEnvironment environment = new MockEnvironment().withProperty("pyserver.grpc-health", value);

		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> new GrpcHealthConfiguration().grpcTomcat(environment))
			.withMessageContaining("pyserver.grpc-health")
			.withMessageContaining("'" + value + "'")
			.withMessageContaining("neither true nor false");
	}

}
