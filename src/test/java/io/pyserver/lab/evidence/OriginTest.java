package io.pyserver.lab.evidence;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose address it is that a probe came from. */
class OriginTest {

	@ParameterizedTest
	@CsvSource({ "10.42.0.1, false, OWN_NODE", "169.254.169.252, false, OWN_NODE", "169.254.0.1, false, OWN_NODE",
			"169.253.0.1, false, ELSEWHERE", "16.9.254.1, false, ELSEWHERE", "10.42.0.10, false, ELSEWHERE",
			"127.0.0.1, false, INSIDE_THE_POD", "::1, false, INSIDE_THE_POD", "10.42.0.9, true, INSIDE_THE_POD",
			"169.254.169.252, true, INSIDE_THE_POD" })
	void itIsTheNodesOrThePodsOrNeither(String source, boolean fromInsideThePod, Origin origin) {
		assertThat(of(source, fromInsideThePod, Set.of("10.42.0.1", "172.18.0.2"))).isEqualTo(origin);
	}

	@ParameterizedTest
	@CsvSource({ "10.42.0.1, UNKNOWN", "127.0.0.1, INSIDE_THE_POD" })
	void withoutTheNodesAddressesNobodyKnows(String source, Origin origin) {
		assertThat(of(source, false, null)).isEqualTo(origin);
	}

	private static Origin of(String source, boolean fromInsideThePod, @Nullable Set<String> held) {
		return Origin.of(new SeenProbe(SampleObservation.at(0), source, true, fromInsideThePod), held);
	}

	@ParameterizedTest
	@CsvSource({ "OWN_NODE, HTTP_GET, false", "OWN_NODE, EXEC, true", "INSIDE_THE_POD, GRPC, true",
			"INSIDE_THE_POD, EXEC, false", "ELSEWHERE, TCP_SOCKET, true", "ELSEWHERE, EXEC, true",
			"UNKNOWN, HTTP_GET, false", "UNKNOWN, EXEC, false" })
	void whatIsForeignDependsOnTheMechanism(Origin origin, Mechanism mechanism, boolean foreign) {
		assertThat(origin.isForeignTo(mechanism)).isEqualTo(foreign);
	}

}
