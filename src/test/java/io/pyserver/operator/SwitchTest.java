package io.pyserver.operator;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.support.RawClient;
import io.pyserver.support.RawResponse;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An operator breaks a probe, delays it, and puts it right; nobody else can.
 */
@ServiceTest
class SwitchTest {

	private static final String JSON = "Content-Type: application/json\r\n";

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int operators;

	@Autowired
	private ProbeSwitch probeSwitch;

	@AfterEach
	void putRight() {
		this.probeSwitch.change(ProbeKind.LIVENESS, false, Duration.ZERO);
		this.probeSwitch.change(ProbeKind.READINESS, false, Duration.ZERO);
	}

	@ParameterizedTest
	@CsvSource({ "liveness, /, /livez, /version, /readyz", "readiness, /version, /readyz, /, /livez" })
	void aBrokenProbeFailsUntilItIsCorrect(String probe, String page, String dedicated, String other,
			String otherDedicated) throws IOException {
		assertThat(order(probe, "{\"state\":\"broken\"}").body()).isEqualTo("{\"state\":\"broken\",\"delayMs\":0}");
		assertThat(get(page).status()).isEqualTo(503);
		assertThat(get(dedicated).status()).isEqualTo(503);
		assertThat(get(other).status()).isEqualTo(200);
		assertThat(get(otherDedicated).status()).isEqualTo(200);
		assertThat(get("/actuator/" + probe).body()).isEqualTo("{\"state\":\"broken\",\"delayMs\":0}");
		assertThat(get("/actuator/health").status()).isEqualTo(503);
		assertThat(get("/actuator/health/" + probe).status()).isEqualTo(503);

		order(probe, "{\"state\":\"correct\"}");
		assertThat(get(page).status()).isEqualTo(200);
		assertThat(get(dedicated).status()).isEqualTo(200);
		assertThat(get("/actuator/health").status()).isEqualTo(200);
		assertThat(get("/actuator/health/" + probe).status()).isEqualTo(200);
	}

	@Test
	void aDelayDelaysTheAnswersOfItsProbe() throws IOException {
		assertThat(order("liveness", "{\"delayMs\":400}").body()).isEqualTo("{\"state\":\"correct\",\"delayMs\":400}");

		long start = System.nanoTime();
		assertThat(get("/").status()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
	}

	@Test
	void aFieldThatIsNotSentKeepsItsValue() throws IOException {
		order("liveness", "{\"state\":\"broken\",\"delayMs\":1}");

		assertThat(order("liveness", "{\"delayMs\":2}").body()).isEqualTo("{\"state\":\"broken\",\"delayMs\":2}");
		assertThat(order("liveness", "{\"state\":\"correct\"}").body())
			.isEqualTo("{\"state\":\"correct\",\"delayMs\":2}");
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
			{"state":"maybe"}                     -> state
			{"state":"Broken"}                    -> state
			{"state":true}                        -> state
			{"state":null}                        -> body
			{"delayMs":1.5}                       -> delayMs
			{"delayMs":-1}                        -> delayMs
			{"delayMs":60001}                     -> delayMs
			{"delayMs":99999999999999999999}      -> delayMs
			{"delayMs":null}                      -> body
			{"delay":1}                           -> body
			{"State":"broken"}                    -> body
			{"state":"broken","delayMs":"soon"}   -> delayMs
			{}                                    -> body
			``                                    -> body
			""")
	void aBadBodyIsRefusedAndTheFieldIsNamed(String body, String field) throws IOException {
		RawResponse response = order("liveness", body);

		assertThat(response.status()).isEqualTo(400);
		JsonNode error = JsonMapper.shared().readTree(response.body());
		assertThat(error.get("field").asString()).isEqualTo(field);
		assertThat(error.get("error").asString()).startsWith(field + " ");
		assertThat(get("/").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "\"broken\"", "{\"state\":\"broken\"", "{\"state\":[\"broken\"]}", "state=broken" })
	void aBodyThatIsNoJsonObjectOfPlainValuesIsRefused(String body) throws IOException {
		assertThat(order("liveness", body).status()).isEqualTo(400);
		assertThat(get("/").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Type: text/plain\r\n", "Content-Type: application/x-www-form-urlencoded\r\n",
			"Content-Type: multipart/form-data; boundary=x\r\n", "Content-Type: text/plain; application/json\r\n",
			"Content-Type: application/jsonx\r\n", "Content-Type: nonsense\r\n" })
	void onlyJsonIsAccepted(String header) throws IOException {
		assertThat(post("liveness", header, "{\"state\":\"broken\"}").status()).isEqualTo(415);
		assertThat(get("/").status()).isEqualTo(200);
	}

	private RawResponse get(String path) throws IOException {
		return new RawClient(path.startsWith("/actuator") ? this.operators : this.port)
			.exchange("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
	}

	private RawResponse order(String probe, String body) throws IOException {
		return post(probe, JSON, body);
	}

	private RawResponse post(String probe, String headers, String body) throws IOException {
		return new RawClient(this.operators).exchange("POST /actuator/" + probe + " HTTP/1.0\r\nHost: localhost\r\n"
				+ headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
	}

}
