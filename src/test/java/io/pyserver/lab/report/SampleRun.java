package io.pyserver.lab.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Policy;

/** Runs made of sample cells. */
final class SampleRun {

	/**
	 * Ends a script, an attribute, a CDATA section; steers a terminal; reorders a line.
	 */
	static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&amp;]]>\u0000\u001b[31m\r\n\u202e\ud800\uffff";

	private static final Instant STARTED = Instant.parse("2026-11-23T05:20:40Z");

	private SampleRun() {
	}

	static LabRun of(CellResult... cells) {
		return of(List.of(cells));
	}

	static LabRun of(List<CellResult> cells) {
		return of(new TestedCluster("k3d-foo", "v1.34.4", "Cilium", List.of("node-1", "node-2"), "pyserver:1.0",
				List.of("nodes cannot be entered: other-node-to-pod was not tried")), cells);
	}

	static LabRun of(TestedCluster cluster, List<CellResult> cells) {
		return new LabRun(STARTED, STARTED.plusSeconds(190), cluster, Map.of("lab.period", "1 s", "lab.only", "all"),
				cells);
	}

	/** All 120 cells of the matrix. */
	static LabRun full(Function<Cell, CellResult> result) {
		return of(cells().map(result).toList());
	}

	/** All cells, a few of them in each kind of trouble. */
	static LabRun mixed() {
		return full((cell) -> switch (cell.id()) {
			case "deny-both/httpGet/liveness/policy-first", "deny-both/grpc/readiness/pod-first" ->
				SampleCell.broken(cell);
			case "deny-ingress/tcpSocket/startup/pod-first" -> SampleCell.notEnforced(cell);
			case "allow-peer/exec/readiness/policy-first" -> SampleCell.inconclusive(cell);
			case "deny-egress/grpc/liveness/pod-first" -> SampleCell.hostile(cell, HOSTILE);
			default -> SampleCell.survives(cell);
		});
	}

	private static Stream<Cell> cells() {
		return Arrays.stream(Policy.values())
			.flatMap((policy) -> Arrays.stream(Mechanism.values())
				.flatMap((mechanism) -> Arrays.stream(Kind.values())
					.flatMap((kind) -> Arrays.stream(Order.values())
						.map((order) -> new Cell(policy, mechanism, kind, order)))));
	}

}
