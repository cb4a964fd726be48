package io.pyserver.operator;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.pyserver.accesslog.CapturedAccessLog;
import io.pyserver.support.OwnAddress;
import io.pyserver.support.RawClient;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the service is told to believe proxies, and that everyone is one, the log goes by
 * the connection all the same, and nothing for operators is there.
 */
@ServiceTest(properties = { "server.forward-headers-strategy=native", "server.tomcat.remoteip.internal-proxies=.*" })
class ForwardedHeadersTest {

	@LocalServerPort
	private int port;

	@Autowired
	private CapturedAccessLog log;

	@Test
	void aForwardedHeaderMakesNobodyAnOperator() throws Exception {
		assertThat(
				new RawClient(OwnAddress.any(), this.port).exchange(request("/actuator/probes", "127.0.0.1")).status())
			.isEqualTo(404);
		assertThat(this.log.nextLine()).doesNotStartWith("127.0.0.1 ");
	}

	private static String request(String path, String forwardedFor) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: " + forwardedFor
				+ "\r\n\r\n";
	}

}
