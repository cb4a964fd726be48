package io.pyserver.operator;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import io.pyserver.accesslog.CapturedAccessLog;
import io.pyserver.wire.OwnAddress;
import io.pyserver.wire.RawClient;
import io.pyserver.wire.RawResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever does not call on loopback cannot tell that there is anything for operators.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(CapturedAccessLog.class)
class OperatorsOnlyTest {

	private static final String BODY = "{\"state\":\"broken\"}";

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource({ "GET, /actuator", "GET, /actuator/", "GET, /actuator/probes", "HEAD, /actuator/probes",
			"GET, /actuator/health", "GET, /actuator/health/ping", "GET, /actuator/prometheus", "GET, /actuator/nope",
			"POST, /actuator/liveness", "POST, /actuator/readiness", "GET, /actuator/liveness",
			"PUT, /actuator/liveness", "DELETE, /actuator", "OPTIONS, /actuator/liveness", "TRACE, /actuator/probes",
			"get, /actuator/probes", "GET, //actuator/probes", "GET, /%61ctuator/probes", "GET, /actuator%2fprobes",
			"POST, /%61ctuator/liveness", "GET, /actuator/probes?x=1", "GET, /actuator;x=1/probes" })
	void othersGetTheAnswerOfAnUnknownPath(String method, String path) throws Exception {
		assertThat(shown(askFromOutside(method, path, ""))).isEqualTo(shown(askFromOutside(method, "/unknown", "")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For: 127.0.0.1\r\n", "Forwarded: for=127.0.0.1;host=localhost\r\n",
			"X-Real-IP: 127.0.0.1\r\n", "X-Forwarded-Host: localhost\r\nX-Forwarded-Prefix: /actuator\r\n",
			"Origin: http://localhost\r\n", "Probe: liveness\r\n" })
	void noHeaderOpensTheDoor(String header) throws Exception {
		assertThat(askFromOutside("POST", "/actuator/liveness", header).status()).isEqualTo(404);
		assertThat(askFromOutside("GET", "/", "").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/probes", "/actuator/health", "/actuator/prometheus",
			"/actuator/liveness", "/actuator/readiness" })
	void operatorsGetWhatTheyAskFor(String path) throws IOException {
		RawResponse response = new RawClient(this.port).exchange(request("GET", path, ""));

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().get("Content-Type")).doesNotContain("text/html");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			POST   | /actuator/probes    | GET, HEAD
			DELETE | /actuator/probes    | GET, HEAD
			PUT    | /actuator/liveness  | GET, HEAD, POST
			PATCH  | /actuator/readiness | GET, HEAD, POST
			""")
	void anotherMethodIsToldWhichThereAre(String method, String path, String allowed) throws IOException {
		RawResponse response = new RawClient(this.port).exchange(request(method, path, ""));

		assertThat(response.status()).isEqualTo(405);
		assertThat(response.headers()).containsEntry("Allow", allowed);
		assertThat(response.body()).isEqualTo(
				"{\"field\":\"method\",\"error\":\"method is not allowed; there are %s\"}",
				allowed.replaceFirst(", (?!.*,)", " and "));
	}

	@Test
	void aKindThatNeverCameHasNoTimeOfTheLast() throws IOException {
		JsonNode probes = JsonMapper.shared()
			.readTree(new RawClient(this.port).exchange(request("GET", "/actuator/probes", "")).body());

		assertThat(probes.at("/kinds").propertyNames()).containsExactly("liveness", "readiness", "startup", "unknown");
		assertThat(probes.at("/kinds/liveness").propertyNames()).containsExactly("count", "failures", "longestGapMs",
				"latencyMs", "sources");
		assertThat(probes.at("/kinds/liveness/count").asLong(-1)).isZero();
	}

	@Test
	void actuatorsListHasTheProbes() throws IOException {
		assertThat(new RawClient(this.port).exchange(request("GET", "/actuator", "")).body()).contains(
				"http://localhost/actuator/probes", "http://localhost/actuator/health",
				"http://localhost/actuator/prometheus");
	}

	private RawResponse askFromOutside(String method, String path, String header) throws IOException {
		return new RawClient(OwnAddress.any(), this.port).exchange(request(method, path, header));
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
