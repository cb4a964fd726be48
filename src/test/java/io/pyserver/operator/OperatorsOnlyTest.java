package io.pyserver.operator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.pyserver.support.OwnAddress;
import io.pyserver.support.RawClient;
import io.pyserver.support.RawResponse;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is for operators is on a port of its own, which is bound to loopback. On the
 * service's port nobody can tell that there is any of it, and no page of another site
 * gets to it.
 */
@ServiceTest
class OperatorsOnlyTest {

	private static final String BODY = "{\"state\":\"broken\"}";

	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	private static final InetAddress SIDECAR = InetAddress.ofLiteral("127.0.0.6");

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int operators;

	@ParameterizedTest
	@CsvSource({ "GET, /actuator", "GET, /actuator/", "GET, /actuator/probes", "HEAD, /actuator/probes",
			"GET, /actuator/health", "GET, /actuator/health/ping", "GET, /actuator/prometheus", "GET, /actuator/nope",
			"POST, /actuator/liveness", "POST, /actuator/readiness", "GET, /actuator/liveness",
			"PUT, /actuator/liveness", "DELETE, /actuator", "OPTIONS, /actuator/liveness", "TRACE, /actuator/probes",
			"get, /actuator/probes", "GET, //actuator/probes", "GET, /%61ctuator/probes", "GET, /actuator%2fprobes",
			"POST, /%61ctuator/liveness", "GET, /actuator/probes?x=1", "GET, /actuator;x=1/probes", "GET, /board",
			"GET, /board/", "GET, /board/events", "GET, /board/board.js" })
	void endpointsAreUnknownPathsOnTheServicesPort(String method, String path) throws Exception {
		Map<String, String> unknown = shown(ask(OwnAddress.any(), request(method, "/unknown", "")));

		assertThat(shown(ask(OwnAddress.any(), request(method, path, "")))).isEqualTo(unknown);
		assertThat(shown(ask(LOOPBACK, request(method, path, "")))).isEqualTo(unknown);
		assertThat(shown(ask(SIDECAR, request(method, path, "")))).as("from where Istio's traffic comes from")
			.isEqualTo(unknown);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For: 127.0.0.1\r\n", "Forwarded: for=127.0.0.1;host=localhost\r\n",
			"X-Real-IP: 127.0.0.1\r\n", "X-Forwarded-Host: localhost\r\nX-Forwarded-Prefix: /actuator\r\n",
			"X-Forwarded-Port: 8081\r\n", "Origin: http://localhost\r\n", "Probe: liveness\r\n" })
	void noHeaderGivesAccessToAnEndpointOnTheServicesPort(String header) throws Exception {
		assertThat(ask(LOOPBACK, request("POST", "/actuator/liveness", header)).status()).isEqualTo(404);
		assertThat(ask(LOOPBACK, request("GET", "/", "")).status()).isEqualTo(200);
	}

	@Test
	void theOperatorsPortRefusesConnectionsFromOtherAddresses() throws IOException {
		RawClient outside = new RawClient(OwnAddress.any(), this.operators);

		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> outside.exchange(request("GET", "/actuator", "")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/probes", "/actuator/health", "/actuator/health/liveness",
			"/actuator/prometheus", "/actuator/liveness", "/actuator/readiness" })
	void operatorsGetEachEndpoint(String path) throws IOException {
		RawResponse response = new RawClient(this.operators).exchange(request("GET", path, ""));

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().get("Content-Type")).doesNotContain("text/html");
	}

	@ParameterizedTest
	@CsvSource({ "localhost, 200", "localhost:8081, 200", "LocalHost:1, 200", "127.0.0.1:8081, 200", "127.0.0.6, 200",
			"[::1]:8081, 200", "evil.example, 403", "evil.example:8081, 403", "localhost.evil.example, 403",
			"127.0.0.1.evil.example, 403", "10.42.0.7:8081, 403", "[fd00::1], 403", "'', 403" })
	void theHostMustBeANameOfLoopback(String host, int status) throws IOException {
		for (String path : List.of("/actuator/probes", "/board", "/board/events", "/nothing")) {
			assertThat(new RawClient(this.operators)
				.exchange("HEAD " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
				.status()).as(path).isIn((status == 200) ? List.of(200, 404, 405) : List.of(403));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: http://evil.example",
			"Origin: null", "Origin: http://localhost:1", "Origin: http://evil.example:80",
			"Origin: http://localhost.evil.example", "Origin: not a url" })
	void requestsFromOtherSitesAreRefused(String header) throws IOException {
		for (String method : List.of("GET", "POST", "OPTIONS")) {
			RawResponse response = new RawClient(this.operators)
				.exchange(request(method, "/actuator/liveness", header + "\r\n"));
			assertThat(response.status()).as(method).isEqualTo(403);
			assertThat(response.headers().keySet()).noneMatch((name) -> name.startsWith("Access-Control-Allow"));
		}
		assertThat(ask(LOOPBACK, request("GET", "/", "")).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Origin: http://localhost",
			"Origin: https://localhost" })
	void requestsFromTheSameSiteAreAnswered(String header) throws IOException {
		assertThat(
				new RawClient(this.operators).exchange(request("GET", "/actuator/liveness", header + "\r\n")).status())
			.isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			POST   | /actuator/probes
			DELETE | /actuator/probes
			PUT    | /actuator/liveness
			PATCH  | /actuator/readiness
			""")
	void anotherMethodIsRefused(String method, String path) throws IOException {
		RawResponse response = new RawClient(this.operators).exchange(request(method, path, ""));

		assertThat(response.status()).isEqualTo(405);
		assertThat(response.headers().get("Allow")).contains("GET");
	}

	@Test
	void aKindWithoutProbesHasNoLastTime() throws IOException {
		JsonNode probes = JsonMapper.shared()
			.readTree(new RawClient(this.operators).exchange(request("GET", "/actuator/probes", "")).body());

		assertThat(probes.at("/kinds").propertyNames()).containsExactly("liveness", "readiness", "startup", "unknown");
		assertThat(probes.at("/kinds/liveness").propertyNames()).containsExactly("count", "failures", "longestGapMs",
				"latencyMs", "sources");
		assertThat(probes.at("/kinds/liveness/count").asLong(-1)).isZero();
	}

	@Test
	void actuatorsListHasEachEndpoint() throws IOException {
		assertThat(new RawClient(this.operators).exchange(request("GET", "/actuator", "")).body()).contains(
				"http://localhost/actuator/probes", "http://localhost/actuator/health",
				"http://localhost/actuator/liveness", "http://localhost/actuator/prometheus");
	}

	/** On the service's port. */
	private RawResponse ask(InetAddress address, String request) throws IOException {
		InetAddress target = address.isLoopbackAddress() ? LOOPBACK : address;
		try (Socket socket = new Socket(target, this.port, address, 0)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return RawResponse.parse(socket.getInputStream().readAllBytes());
		}
	}

	private static String request(String method, String path, String header) {
		return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header
				+ "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
	}

	private static Map<String, String> shown(RawResponse response) {
		Map<String, String> shown = new TreeMap<>(response.headers());
		shown.remove("Date");
		shown.put("status", String.valueOf(response.status()));
		shown.put("body", response.body());
		return shown;
	}

}
