package io.pyserver.lab.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.SampleObservation;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.report.LabRun.CellResult;
import io.pyserver.lab.report.LabRun.TestedCluster;

/** Runs made of sample observations. */
final class SampleRun {

	/** What each word makes of a cell that survives. */
	private static final Map<String, String> CHANGES = Map.of("survives", "period 1", "not-enforced", "unenforced",
			"broken", "failed 4 7; seen-failed 10.42.0.1; said HTTP probe failed; restarted Error; out-of-service 3",
			"suspect", "seen 10.42.1.7; seen-failed 10.42.9.9; seen 169.254.1.1; claimed 10.42.9.9; "
					+ "pod-to-pod settling broken-off; unready 4; killed 2 3 4; broken the pod was not ready");

	private SampleRun() {
	}

	/** Cells as {@link #cell} reads them, with commas between them; null for none. */
	static LabRun of(@Nullable String cells) {
		return of("k3d-foo", "Cilium", List.of("nodes cannot be entered: other-node-to-pod was not tried"),
				Stream.ofNullable(cells)
					.flatMap((each) -> Arrays.stream(each.split(", ")))
					.map(SampleRun::cell)
					.toArray(CellResult[]::new));
	}

	static LabRun of(String cluster, String engine, List<String> limits, CellResult... cells) {
		Instant started = Instant.parse("2026-11-23T11:58:40Z");
		return new LabRun(started, started.plusSeconds(190),
				new TestedCluster(cluster, "v1.34.4", engine, List.of("node-1", "node-2"), "pyserver:1.0", limits),
				Map.of("lab.period", "1 s", "lab.only", "all"), List.of(cells));
	}

	/** All cells of the matrix, with the same word. */
	static LabRun whole(String word) {
		return of("k3d-foo", "Cilium", List.of(),
				Selection.matrix().map((cell) -> cell(word + " " + cell.id())).toArray(CellResult[]::new));
	}

	/** A cell as in {@code broken deny-both/grpc/liveness/pod-first on agent1}. */
	static CellResult cell(String text) {
		String[] words = text.split(" ");
		String pattern = switch (words[1]) {
			case "LIVENESS" -> "deny-both/httpGet/liveness/pod-first";
			case "READINESS" -> "deny-ingress/grpc/readiness/policy-first";
			case "BASELINE" -> "none/tcpSocket/startup/pod-first";
			default -> words[1];
		};
		if (words[0].equals("inconclusive")) {
			Cell cell = Selection.of(pattern).cells().getFirst();
			return result(SampleObservation.withoutPod(cell, "pods were not ready within 120 s"), null);
		}
		SampleObservation sample = SampleObservation.of(pattern).with(CHANGES.get(words[0]));
		sample.change("node", (words.length > 2) ? words[3] : "node-1");
		return result(sample.build(), words[0].equals("broken") ? "details/" + words[1].toLowerCase() : null);
	}

	private static CellResult result(Observation observation, @Nullable String details) {
		return new CellResult(observation, Finding.of(observation), details);
	}

	/** A cell with the same text wherever a cluster could have put one. */
	static CellResult saying(String text) {
		SampleObservation sample = SampleObservation.of("deny-both/httpGet/liveness/pod-first");
		Stream.of("image", "node", "problem", "seen", "claimed", "said", "restarted", "broken")
			.forEach((word) -> sample.change(word, text));
		return new CellResult(sample.build(), new Finding(Verdict.BROKEN, List.of(text)), text);
	}

}
