package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;

import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.SeenProbe;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which lines of a pod's log are a probe, and whether it was answered. */
class ProbeLogTest {

	@ParameterizedTest
	@CsvSource({ "HTTP_GET, GET /version, 200, true", "HTTP_GET, GET /version, 503, false",
			"EXEC, GET /version?exec=readiness, 200, true", "EXEC, GET /version?exec=readiness, 503, false",
			"TCP_SOCKET, TCP :9103, 200, true", "GRPC, POST /grpc.health.v1.Health/Check, 200, true",
			"GRPC, POST /grpc.health.v1.Health/Check, 500, true" })
	void aProbeIsAnsweredUnlessItsStatusSaysThatItFailed(Mechanism mechanism, String request, int status,
			boolean answered) {
		assertThat(log(request, status).probes(mechanism, Kind.READINESS)).singleElement()
			.returns(answered, SeenProbe::answered);
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_GET, POST /grpc.health.v1.Health/Check", "TCP_SOCKET, GET /version", "EXEC, GET /version",
			"GRPC, GET /version" })
	void anotherMechanismsProbeIsNone(Mechanism mechanism, String request) {
		assertThat(log(request, 200).probes(mechanism, Kind.READINESS)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_GET, GET /version", "TCP_SOCKET, TCP :9103", "EXEC, GET /version?exec=readiness",
			"GRPC, POST /grpc.health.v1.Health/Check" })
	void anotherKindsProbeIsNone(Mechanism mechanism, String request) {
		assertThat(log(request, 200).probes(mechanism, Kind.LIVENESS)).isEmpty();
	}

	private static ProbeLog log(String request, int status) {
		return new ProbeLog(
				List.of(new LogLine(Instant.EPOCH, "10.42.0.1", request, status, "node", "readiness", false)),
				"10.42.0.9");
	}

}
