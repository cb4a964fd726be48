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

/** Which lines of a pod's log are probes, and whether they were answered. */
class ProbeLogTest {

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
		return new ProbeLog(List.of(new LogLine(Instant.EPOCH.plusSeconds(1), source, request, status,
				claimed ? "other" : "node", claimed ? "none" : "readiness", claimed)), "10.42.0.9",
				Set.of("198.51.100.139"));
	}

}
