package io.pyserver.lab.report;

import org.junit.jupiter.api.Test;

import io.pyserver.lab.evidence.Selection;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run says nothing of. */
class UntriedTest {

	@Test
	void theWholeMatrixLeavesNothing() {
		assertThat(Untried.of(SampleRun.mixed())).isEmpty();
	}

	@Test
	void theStandardSelectionLeavesFourPolicies() {
		assertThat(Untried.of(run("deny-both"))).contains("96 of the 120 cells of the matrix were not tried,"
				+ " all of none, deny-ingress, deny-egress, allow-peer among them");
	}

	@Test
	void aSingleCellLeavesNearlyAll() {
		assertThat(Untried.of(run("deny-both/httpGet/liveness/pod-first")))
			.hasValueSatisfying((text) -> assertThat(text).startsWith("119 of the 120 cells")
				.contains("tcpSocket, exec, grpc, startup, readiness, policy-first"));
	}

	@Test
	void aRunThatTriedNothingNamesNothing() {
		assertThat(Untried.of(SampleRun.of())).contains("120 of the 120 cells of the matrix were not tried");
	}

	private static LabRun run(String cells) {
		return SampleRun.of(Selection.of(cells)
			.cells()
			.stream()
			.map((cell) -> SampleCell.of("survives", cell, "node-1"))
			.toArray(CellResult[]::new));
	}

}
