package io.pyserver.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.pyserver.accesslog.CapturedAccessLog;
import io.pyserver.probe.Call;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.support.FreePort;
import io.pyserver.support.OwnAddress;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connects as a tcpSocket probe does, from the node, which is this host here, or from
 * loopback.
 */
@ServiceTest(properties = { "pyserver.log.format=json" })
class TcpProbesTest {

	private static final Map<ProbeKind, Integer> PORTS = new EnumMap<>(ProbeKind.class);

	private static final int MANY = 300;

	@Autowired
	private CapturedAccessLog log;

	@Autowired
	private ProbeHistory history;

	@Autowired
	private ProbeSwitch probeSwitch;

	@DynamicPropertySource
	static void thisHostIsTheNodeAndEachKindHasAPort(DynamicPropertyRegistry properties) throws IOException {
		for (ProbeKind kind : List.of(ProbeKind.LIVENESS, ProbeKind.READINESS, ProbeKind.STARTUP)) {
			PORTS.put(kind, FreePort.find());
		}
		String addresses = OwnAddress.list();
		properties.add("pyserver.node-ips", () -> addresses);
		properties.add("pyserver.tcp-probes",
				() -> PORTS.entrySet()
					.stream()
					.map((entry) -> entry.getKey().label() + "=" + entry.getValue())
					.collect(Collectors.joining(",")));
	}

	@AfterEach
	void noOtherLineIsLogged() {
		this.probeSwitch.change(ProbeKind.LIVENESS, false, Duration.ZERO);
		this.probeSwitch.change(ProbeKind.READINESS, false, Duration.ZERO);
		assertThat(this.log.linesLeft()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "LIVENESS", "READINESS", "STARTUP" })
	void aConnectionFromTheNodeIsAProbeOfThePortsKind(ProbeKind kind) throws Exception {
		long before = this.history.totals(kind).count();
		Knock.on(OwnAddress.any(), PORTS.get(kind));

		JsonNode line = JsonMapper.shared().readTree(this.log.nextLine());
		assertThat(line.get("logging.googleapis.com/labels").toString())
			.isEqualTo("{\"caller\":\"node\",\"probe\":\"" + kind.label() + "\"}");
		assertThat(line.get("message").asString()).startsWith(line.at("/httpRequest/remoteIp").asString() + " - - [")
			.endsWith("\"TCP :" + PORTS.get(kind) + "\" 200 -");
		assertThat(line.at("/httpRequest/serverIp").asString()).isEqualTo(OwnAddress.any().getHostAddress());
		assertThat(line.get("httpRequest").has("protocol")).isFalse();
		assertThat(this.history.totals(kind).count()).isEqualTo(before + 1);
		assertThat(this.history.calls().getLast().failed()).isFalse();
	}

	@Test
	void aConnectionFromAnotherCallerIsNoProbe() throws Exception {
		List<Call> before = this.history.calls();
		Knock.on(PORTS.get(ProbeKind.LIVENESS));

		assertThat(this.log.nextLine()).contains("{\"caller\":\"loopback\",\"probe\":\"none\",\"claimed\":\"true\"}");
		assertThat(this.history.calls()).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource({ "LIVENESS, LIVENESS, READINESS", "LIVENESS, STARTUP, READINESS", "READINESS, READINESS, LIVENESS" })
	void thePortOfABrokenProbeRefusesConnections(ProbeKind broken, ProbeKind refused, ProbeKind taken)
			throws Exception {
		this.probeSwitch.change(broken, true, null);
		FreePort.awaitClosed(PORTS.get(refused));
		Knock.on(PORTS.get(taken));

		this.probeSwitch.change(broken, false, null);
		Knock.on(PORTS.get(refused));
		this.log.nextLine();
		this.log.nextLine();
	}

	@Test
	void aDelayDoesNotDelayAConnection() throws Exception {
		this.probeSwitch.change(ProbeKind.LIVENESS, null, ProbeSwitch.MAX_DELAY);

		Knock.on(PORTS.get(ProbeKind.LIVENESS));
		this.log.nextLine();
	}

	/** Some talk, none reads or leaves; and yet the next one is taken at once. */
	@Test
	void openConnectionsDoNotDelayTheNextOne() throws Exception {
		List<Socket> guests = new ArrayList<>();
		try {
			for (int i = 0; i < MANY; i++) {
				Socket guest = new Socket(InetAddress.ofLiteral("127.0.0.1"), PORTS.get(ProbeKind.READINESS));
				guests.add(guest);
				if (i % 2 == 0) {
					guest.getOutputStream().write('x');
				}
				this.log.nextLine();
			}
			Knock.on(PORTS.get(ProbeKind.READINESS));
			this.log.nextLine();
		}
		finally {
			for (Socket guest : guests) {
				guest.close();
			}
		}
	}

}
