package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Harm.Unready;
import io.pyserver.lab.evidence.ImageIdentity;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Observation;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.SampleObservation;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Subject;
import io.pyserver.lab.evidence.Verdict;

/** Runs made of sample observations. */
final class SampleRun {

	static final String LIVENESS = "deny-both/httpGet/liveness/pod-first";

	/**
	 * Ends a script, an attribute, a CDATA section; steers a terminal; reorders a line.
	 */
	static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&amp;]]>\u0000\u001b[31m\r\n\u202e\ud800\uffff";

	static final TestedCluster CLUSTER = new TestedCluster("k3d-foo", "v1.34.4", "Cilium", List.of("node-1", "node-2"),
			"pyserver:1.0", List.of("nodes cannot be entered: other-node-to-pod was not tried"));

	private SampleRun() {
	}

	static LabRun of(TestedCluster cluster, CellResult... cells) {
		Instant started = Instant.parse("2026-11-23T11:58:40Z");
		return new LabRun(started, started.plusSeconds(190), cluster, Map.of("lab.period", "1 s", "lab.only", "all"),
				List.of(cells));
	}

	/**
	 * Each as {@link #cell} reads it, with commas between them; of none without a text.
	 */
	static LabRun of(@Nullable String cells) {
		return of(CLUSTER,
				Stream.ofNullable(cells)
					.flatMap((each) -> Arrays.stream(each.split(", ")))
					.map(SampleRun::cell)
					.toArray(CellResult[]::new));
	}

	/** All 120 cells of the matrix. */
	static LabRun whole(Function<Cell, String> verdict) {
		return of(CLUSTER,
				Selection.matrix()
					.map((cell) -> cell(verdict.apply(cell) + " " + cell.id()))
					.toArray(CellResult[]::new));
	}

	/** A cell as in {@code broken deny-both/grpc/liveness/pod-first on agent1}. */
	static CellResult cell(String text) {
		String[] words = text.split(" ");
		String pattern = switch (words[1]) {
			case "LIVENESS" -> LIVENESS;
			case "READINESS" -> "deny-ingress/grpc/readiness/policy-first";
			case "BASELINE" -> "none/tcpSocket/startup/pod-first";
			default -> words[1];
		};
		SampleObservation sample = SampleObservation.of(pattern);
		sample.node = (words.length > 2) ? words[3] : "node-1";
		Observation observation = switch (words[0]) {
			case "survives" -> sample.build();
			case "broken" -> sample.broken().build();
			case "not-enforced" -> sample.notEnforced().build();
			case "inconclusive" ->
				SampleObservation.withoutPod(sample.build().cell(), "pods were not ready within 120 s");
			case "suspect" -> suspect(sample).build();
			default -> throw new IllegalArgumentException(text);
		};
		return result(observation, words[0].equals("broken") ? "details/" + words[1].toLowerCase() : null);
	}

	static CellResult result(Observation observation, @Nullable String details) {
		return new CellResult(observation, Finding.of(observation), details);
	}

	/** Probes come from where they must not, and everything that can be said is. */
	private static SampleObservation suspect(SampleObservation sample) {
		sample.probes.add(SampleObservation.probe(9, "10.42.1.7"));
		sample.probes.add(new SeenProbe(SampleObservation.at(10), "10.42.9.9", false));
		sample.probes.add(SampleObservation.probe(10, "169.254.1.1"));
		sample.claimed.add(SampleObservation.probe(8, "10.42.9.9"));
		sample.controls.get(Control.POD_TO_POD).put(Phase.SETTLING, Reach.BROKEN_OFF);
		sample.unready = new Unready(Kind.READINESS, 4, SampleObservation.at(5), List.of("connection refused"));
		sample.restarts.add(new Restart(SampleObservation.at(2), SampleObservation.at(3), SampleObservation.at(4),
				"OOMKilled, exit code 137", false));
		sample.causality = new Causality("readiness was broken", "the pod was not ready", false, List.of("other"),
				List.of());
		return sample;
	}

	/** A cell of which every text is the given one. */
	static CellResult saying(String text) {
		Observation well = SampleObservation.of(LIVENESS).build();
		List<SeenProbe> seen = List.of(new SeenProbe(SampleObservation.at(5), text, true));
		ProbeEvidence probes = well.probes();
		Harm harm = new Harm(List.of(new Restart(SampleObservation.at(2), SampleObservation.at(3), null, text, true)),
				Duration.ZERO, List.of(text), null);
		Observation observation = new Observation(well.cell(),
				new Subject(text, text, text, Set.of(text + "!"), text, new ImageIdentity(text, Set.of(text)), true,
						well.subject().created(), null),
				well.controls(),
				new ProbeEvidence(probes.period(), 3, probes.counts(), probes.since(), probes.until(), seen, seen, null,
						null),
				harm, new Causality(text, text, false, List.of(text), List.of(text)), well.marks(), text);
		return new CellResult(observation, new Finding(Verdict.BROKEN, List.of(text)), text);
	}

}
