package io.pyserver.grpc;

import java.io.IOException;
import java.net.InetAddress;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import io.pyserver.accesslog.CapturedAccessLog;
import io.pyserver.support.HealthClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who does not ask for gRPC gets none of it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(CapturedAccessLog.class)
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
