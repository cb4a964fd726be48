package io.pyserver.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.pyserver.accesslog.CapturedAccessLog;
import io.pyserver.probe.Call;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.probe.ProbeTotals;
import io.pyserver.support.HealthClient;
import io.pyserver.support.OwnAddress;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * gRPC's own client asks for the health of each probe, from the node, which is this host
 * here, or from loopback. Each call leaves one line.
 */
@ServiceTest(properties = { "pyserver.grpc-health=true", "pyserver.log.format=json" })
class GrpcHealthTest {

	@LocalServerPort
	private int port;

	@Autowired
	private CapturedAccessLog log;

	@Autowired
	private ProbeHistory history;

	@Autowired
	private ProbeSwitch probeSwitch;

	private JsonNode line = JsonMapper.shared().createObjectNode();

	@DynamicPropertySource
	static void thisHostIsTheNode(DynamicPropertyRegistry properties) throws IOException {
		String addresses = OwnAddress.list();
		properties.add("pyserver.node-ips", () -> addresses);
	}

	@AfterEach
	void noOtherLineIsLogged() {
		this.probeSwitch.change(ProbeKind.LIVENESS, false, Duration.ZERO);
		this.probeSwitch.change(ProbeKind.READINESS, false, Duration.ZERO);
		assertThat(this.log.linesLeft()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "'', LIVENESS", "liveness, LIVENESS", "startup, LIVENESS", "readiness, READINESS" })
	void aServiceServesUnlessItsProbeIsBroken(String service, ProbeKind probe) throws Exception {
		assertThat(node((client) -> client.check(service))).isEqualTo("SERVING");

		this.probeSwitch.change(probe, true, null);
		assertThat(node((client) -> client.check(service))).isEqualTo("NOT_SERVING");

		this.probeSwitch.change(probe, false, null);
		assertThat(node((client) -> client.check(service))).isEqualTo("SERVING");
	}

	@Test
	void livenessServesWhileReadinessIsBroken() throws Exception {
		this.probeSwitch.change(ProbeKind.READINESS, true, null);

		assertThat(node((client) -> client.check("liveness"))).isEqualTo("SERVING");
	}

	@Test
	void aDelayDelaysTheAnswer() throws Exception {
		this.probeSwitch.change(ProbeKind.READINESS, null, Duration.ofMillis(400));

		long start = System.nanoTime();
		assertThat(node((client) -> client.check("readiness"))).isEqualTo("SERVING");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
	}

	/** Its HTTP status is no longer that of what was answered, but it did not fail. */
	@Test
	void aCallerThatTimesOutIsLogged() throws Exception {
		this.probeSwitch.change(ProbeKind.READINESS, null, Duration.ofSeconds(3));

		assertThat(node((client) -> client.check("readiness", Duration.ofMillis(1_500))))
			.isEqualTo("DEADLINE_EXCEEDED");
		assertThat(labels()).isEqualTo("{\"caller\":\"node\",\"probe\":\"readiness\"}");
		assertThat(this.history.calls().getLast()).returns(500, Call::status).returns(false, Call::failed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Liveness", "unknown", "none", "grpc.health.v1.Health" })
	void anUnknownServiceIsNotFound(String service) throws Exception {
		assertThat(node((client) -> client.check(service))).isEqualTo("NOT_FOUND");
	}

	@Test
	void anUnknownMethodIsUnimplemented() throws Exception {
		assertThat(node((client) -> client.watch("liveness"))).isEqualTo("UNIMPLEMENTED");
		assertThat(node((client) -> client.send("List", new byte[0]))).isEqualTo("UNIMPLEMENTED");
		assertThat(node((client) -> client.send("check", new byte[0]))).isEqualTo("UNIMPLEMENTED");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 1_019, 1_020, 100_000 })
	void anInvalidHealthCheckRequestIsRefused(int length) throws Exception {
		assertThat(node((client) -> client.send("Check", new byte[length]))).isEqualTo("INVALID_ARGUMENT");
	}

	@Test
	void aHealthCheckIsLoggedAsAnHttpRequest() throws Exception {
		node((client) -> client.check("liveness"));

		JsonNode request = this.line.get("httpRequest");
		assertThat(this.line.get("message").asString())
			.endsWith("\"POST /grpc.health.v1.Health/Check HTTP/2.0\" 200 -");
		assertThat(request.get("responseSize").asString()).isEqualTo("7");
		assertThat(request.get("userAgent").asString()).startsWith("kube-probe/1.34 grpc-");
	}

	@ParameterizedTest
	@CsvSource({ "liveness, liveness", "readiness, readiness", "startup, startup", "'', unknown", "nope, unknown" })
	void aHealthCheckFromTheNodeIsAProbeOfItsKind(String service, String probe) throws Exception {
		node((client) -> client.check(service));

		assertThat(labels()).isEqualTo("{\"caller\":\"node\",\"probe\":\"" + probe + "\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "liveness", "readiness", "startup", "" })
	void aHealthCheckFromAnotherCallerIsNoProbe(String service) throws Exception {
		List<Call> before = this.history.calls();

		assertThat(loopback((client) -> client.check(service))).isEqualTo("SERVING");
		assertThat(labels()).isEqualTo("{\"caller\":\"loopback\",\"probe\":\"none\",\"claimed\":\"true\"}");
		assertThat(this.history.calls()).isEqualTo(before);
	}

	/** Its HTTP status is that of a success. */
	@Test
	void notServingCountsAsAFailedProbe() throws Exception {
		ProbeTotals before = this.history.totals(ProbeKind.READINESS);
		node((client) -> client.check("readiness"));
		this.probeSwitch.change(ProbeKind.READINESS, true, null);
		node((client) -> client.check("readiness"));

		ProbeTotals after = this.history.totals(ProbeKind.READINESS);
		assertThat(after.count() - before.count()).isEqualTo(2);
		assertThat(after.failures() - before.failures()).isEqualTo(1);
		assertThat(this.history.calls().getLast()).returns(200, Call::status).returns(true, Call::failed);
	}

	@Test
	void aHealthCheckOverHttp1IsAnUnknownPath() throws Exception {
		UnknownPath.assertThatCheckIsOne(this.port, "Connection: close\r\n");
		this.log.nextLine();
		this.log.nextLine();
	}

	@Test
	void http1IsNotUpgraded() throws Exception {
		UnknownPath.assertThatCheckIsOne(this.port,
				"Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n");
		this.log.nextLine();
		this.log.nextLine();
	}

	private String node(Function<HealthClient, String> call) throws Exception {
		return call(OwnAddress.any(), call);
	}

	private String loopback(Function<HealthClient, String> call) throws Exception {
		return call(InetAddress.ofLiteral("127.0.0.1"), call);
	}

	/** Who comes while every place is taken is sent away, and asks again. */
	private String call(InetAddress caller, Function<HealthClient, String> call) throws Exception {
		String answer = await().pollDelay(Duration.ZERO)
			.until(() -> call.apply(new HealthClient(caller, this.port)), (said) -> !said.equals("UNAVAILABLE"));
		this.line = JsonMapper.shared().readTree(this.log.nextLine());
		return answer;
	}

	private String labels() {
		return this.line.get("logging.googleapis.com/labels").toString();
	}

}
