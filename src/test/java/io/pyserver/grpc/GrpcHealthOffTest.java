package io.pyserver.grpc;

import java.io.IOException;
import java.net.InetAddress;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import io.pyserver.support.HealthClient;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who does not ask for gRPC gets none of it.
 */
@ServiceTest
class GrpcHealthOffTest {

	@LocalServerPort
	private int port;

	@Test
	void aHealthCheckIsAnUnknownPath() throws IOException {
		UnknownPath.assertThatCheckIsOne(this.port, "Connection: close\r\n");
	}

	@Test
	void http2IsNotSupported() {
		assertThat(new HealthClient(InetAddress.ofLiteral("127.0.0.1"), this.port).check("")).isEqualTo("UNAVAILABLE");
	}

}
