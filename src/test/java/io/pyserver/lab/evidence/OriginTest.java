package io.pyserver.lab.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose address it is that a probe came from. */
class OriginTest {

	private static final Cell CELL = new Cell(Policy.DENY_BOTH, Mechanism.HTTP_GET, Kind.LIVENESS, Order.POD_FIRST);

	@ParameterizedTest
	@CsvSource({ "10.42.0.1, false, OWN_NODE", "169.254.169.252, false, OWN_NODE", "169.254.0.1, false, OWN_NODE",
			"169.253.0.1, false, ELSEWHERE", "16.9.254.1, false, ELSEWHERE", "10.42.0.10, false, ELSEWHERE",
			"127.0.0.1, false, INSIDE_THE_POD", "::1, false, INSIDE_THE_POD", "10.42.0.9, true, INSIDE_THE_POD",
			"169.254.169.252, true, INSIDE_THE_POD" })
	void itIsTheNodesOrThePodsOrNeither(String source, boolean fromInsideThePod, Origin origin) {
		Subject subject = new Subject("lab", "pyserver", "node", Set.of("10.42.0.1", "172.18.0.2"), "sha256:1", null,
				true, Instant.EPOCH, null);

		assertThat(of(source, fromInsideThePod, subject)).isEqualTo(origin);
	}

	@Test
	void withoutAPodNobodyKnows() {
		assertThat(of("10.42.0.1", false, null)).isEqualTo(Origin.UNKNOWN);
		assertThat(of("127.0.0.1", false, null)).isEqualTo(Origin.INSIDE_THE_POD);
	}

	@ParameterizedTest
	@CsvSource({ "OWN_NODE, HTTP_GET, false", "OWN_NODE, EXEC, true", "INSIDE_THE_POD, GRPC, true",
			"INSIDE_THE_POD, EXEC, false", "ELSEWHERE, TCP_SOCKET, true", "ELSEWHERE, EXEC, true",
			"UNKNOWN, HTTP_GET, false", "UNKNOWN, EXEC, false" })
	void whatIsForeignDependsOnTheMechanism(Origin origin, Mechanism mechanism, boolean foreign) {
		assertThat(origin.isForeignTo(mechanism)).isEqualTo(foreign);
	}

	private static Origin of(String source, boolean fromInsideThePod, @Nullable Subject subject) {
		return Origin.of(new SeenProbe(Instant.EPOCH, source, true, fromInsideThePod),
				new CellEvidence(CELL, subject, List.of(), null, Harm.NONE, null, List.of(), null));
	}

}
