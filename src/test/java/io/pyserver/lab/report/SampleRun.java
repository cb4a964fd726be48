package io.pyserver.lab.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Selection;

/** Runs made of sample cells. */
final class SampleRun {

	/**
	 * Ends a script, an attribute, a CDATA section; steers a terminal; reorders a line.
	 */
	static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&amp;]]>\u0000\u001b[31m\r\n\u202e\ud800\uffff";

	private static final TestedCluster CLUSTER = new TestedCluster("k3d-foo", "v1.34.4", "Cilium",
			List.of("node-1", "node-2"), "pyserver:1.0",
			List.of("nodes cannot be entered: other-node-to-pod was not tried"));

	private static final Instant STARTED = Instant.parse("2026-11-23T05:20:40Z");

	private SampleRun() {
	}

	static LabRun of(CellResult... cells) {
		return of(CLUSTER, cells);
	}

	/** Each as {@link SampleCell#of} reads it, with commas between them. */
	static LabRun of(@Nullable String cells) {
		return of(Stream.ofNullable(cells)
			.flatMap((each) -> Stream.of(each.split(", ")))
			.map(SampleCell::of)
			.toArray(CellResult[]::new));
	}

	static LabRun of(TestedCluster cluster, CellResult... cells) {
		return new LabRun(STARTED, STARTED.plusSeconds(190), cluster, Map.of("lab.period", "1 s", "lab.only", "all"),
				List.of(cells));
	}

	/** All 120 cells of the matrix. */
	static LabRun full(Function<Cell, String> verdict) {
		return of(Selection.matrix()
			.map((cell) -> SampleCell.of(verdict.apply(cell), cell, "node-1"))
			.toArray(CellResult[]::new));
	}

	/** All cells, a few of them in each kind of trouble. */
	static LabRun mixed() {
		return full((cell) -> switch (cell.id()) {
			case "deny-both/httpGet/liveness/policy-first", "deny-both/grpc/readiness/pod-first" -> "broken";
			case "deny-ingress/tcpSocket/startup/pod-first" -> "not-enforced";
			case "allow-peer/exec/readiness/policy-first" -> "inconclusive";
			case "deny-egress/grpc/liveness/pod-first" -> HOSTILE;
			default -> "survives";
		});
	}

}
