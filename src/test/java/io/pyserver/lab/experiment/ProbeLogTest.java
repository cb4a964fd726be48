package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

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
				"10.42.0.9", Set.of());
	}

	/** The service does not know each address of its node. */
	@ParameterizedTest
	@CsvSource({ "HTTP_GET, GET /version", "TCP_SOCKET, TCP :9103", "GRPC, POST /grpc.health.v1.Health/Check" })
	void whatCallsItselfAProbeAndComesFromTheNodeIsOne(Mechanism mechanism, String request) {
		ProbeLog log = claimed(request, "198.51.100.139");

		assertThat(log.probes(mechanism, Kind.READINESS)).hasSize(1);
		assertThat(log.claimed(Instant.EPOCH)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "HTTP_GET, GET /version", "TCP_SOCKET, TCP :9103", "GRPC, POST /grpc.health.v1.Health/Check",
			"EXEC, GET /version?exec=readiness" })
	void whatCallsItselfAProbeAndComesFromElsewhereIsNone(Mechanism mechanism, String request) {
		ProbeLog log = claimed(request, "10.42.1.9");

		assertThat(log.probes(mechanism, Kind.READINESS)).isEmpty();
		assertThat(log.claimed(Instant.EPOCH)).extracting(SeenProbe::source).containsExactly("10.42.1.9");
	}

	private static ProbeLog claimed(String request, String source) {
		return new ProbeLog(
				List.of(new LogLine(Instant.EPOCH.plusSeconds(1), source, request, 200, "other", "none", true)),
				"10.42.0.9", Set.of("198.51.100.139"));
	}

}
