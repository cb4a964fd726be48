package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.cluster.FakeCluster;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Shell.Output;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

import static org.assertj.core.api.Assertions.assertThat;

/** Which lines of a pod's log are probes, and whether they were answered. */
class ProbeLogTest {

	@AutoClose
	private static final FakeCluster CLUSTER = FakeCluster.start();

	private static final Shell COMMANDS = (_) -> new Output(0, "2: eth0 inet 198.51.100.139/24", "");

	@ParameterizedTest
	@CsvSource({ "HTTP_GET, GET /version", "EXEC, GET /version?exec=readiness", "TCP_SOCKET, TCP :9103",
			"GRPC, POST /grpc.health.v1.Health/Check" })
	void aLineIsAProbeOfOneMechanismAndOneKind(Mechanism mechanism, String request) {
		ProbeLog log = log("10.42.0.1", request, 200, false);
		for (Mechanism other : Mechanism.values()) {
			for (Kind kind : Kind.values()) {
				assertThat(log.probes(other, kind)).as("%s by %s", kind, other)
					.hasSize((other == mechanism && kind == Kind.READINESS) ? 1 : 0);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_GET, GET /version, 200, true", "HTTP_GET, GET /version, 503, false",
			"EXEC, GET /version?exec=readiness, 503, false", "GRPC, POST /grpc.health.v1.Health/Check, 500, true" })
	void aProbeIsAnsweredUnlessItsStatusSaysThatItFailed(Mechanism mechanism, String request, int status,
			boolean answered) {
		assertThat(log("10.42.0.1", request, status, false).probes(mechanism, Kind.READINESS))
			.extracting(SeenProbe::answered)
			.containsExactly(answered);
	}

	/** The service does not know all addresses of its node. */
	@ParameterizedTest
	@CsvSource({ "HTTP_GET, GET /version, 198.51.100.139, 1", "TCP_SOCKET, TCP :9103, 198.51.100.139, 1",
			"GRPC, POST /grpc.health.v1.Health/Check, 198.51.100.139, 1", "HTTP_GET, GET /version, 10.42.1.9, 0",
			"TCP_SOCKET, TCP :9103, 10.42.1.9, 0", "GRPC, POST /grpc.health.v1.Health/Check, 10.42.1.9, 0",
			"EXEC, GET /version?exec=readiness, 10.42.1.9, 0" })
	void aClaimedProbeCountsIfItCameFromTheNode(Mechanism mechanism, String request, String source, int probes) {
		ProbeLog log = log(source, request, 200, true);
		assertThat(log.probes(mechanism, Kind.READINESS)).hasSize(probes);
		assertThat(log.claimed(Instant.EPOCH)).extracting(SeenProbe::source)
			.isEqualTo((probes == 0) ? List.of(source) : List.of());
	}

	private static ProbeLog log(String source, String request, int status, boolean claimed) {
		ProbeLog log = new PodUnderTest(new PodGroup(CLUSTER, "lab"), "a", new Node("one", COMMANDS),
				Mechanism.HTTP_GET, LabSettings.current(), COMMANDS)
			.log();
		log.add("""
				1970-01-01T00:00:01Z {"httpRequest": {"requestMethod": "%s", "requestUrl": "%s", "status": %d, \
				"remoteIp": "%s"}, "logging.googleapis.com/labels": {%s}}
				""".formatted(request.split(" ")[0], request.split(" ")[1], status, source, claimed
				? "\"caller\": \"other\", \"claimed\": \"true\"" : "\"caller\": \"node\", \"probe\": \"readiness\""));
		return log;
	}

}
