package io.pyserver.lab.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import io.pyserver.lab.evidence.Attempt;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Cell;
import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Control;
import io.pyserver.lab.evidence.ControlEvidence;
import io.pyserver.lab.evidence.Finding;
import io.pyserver.lab.evidence.Harm;
import io.pyserver.lab.evidence.ImageIdentity;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Latency;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Mechanism;
import io.pyserver.lab.evidence.Order;
import io.pyserver.lab.evidence.Phase;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.evidence.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeEvidence;
import io.pyserver.lab.evidence.Reach;
import io.pyserver.lab.evidence.Restart;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.evidence.Selection;
import io.pyserver.lab.evidence.Subject;
import io.pyserver.lab.evidence.Unready;
import io.pyserver.lab.evidence.Verdict;

/**
 * Cells as an experiment leaves them: a probe each second, ten of them in the watch,
 * which begins with enforcement in the eighth second; and every control, tried in each
 * phase.
 */
final class SampleCell {

	static final Instant CREATED = Instant.parse("2026-11-23T05:20:49Z");

	static final Cell LIVENESS = new Cell(Policy.DENY_BOTH, Mechanism.HTTP_GET, Kind.LIVENESS, Order.POD_FIRST);

	static final Cell READINESS = new Cell(Policy.DENY_INGRESS, Mechanism.GRPC, Kind.READINESS, Order.POLICY_FIRST);

	static final Cell BASELINE = new Cell(Policy.NONE, Mechanism.TCP_SOCKET, Kind.STARTUP, Order.POD_FIRST);

	private static final Instant ENFORCED = at(8);

	private static final Instant WATCHED = at(18);

	private SampleCell() {
	}

	static Instant at(double seconds) {
		return CREATED.plusMillis(Math.round(seconds * 1000));
	}

	/** As in {@code broken LIVENESS on agent1}; any other cell has its id. */
	static CellResult of(String text) {
		String[] words = text.split(" ");
		Cell cell = switch (words[1]) {
			case "LIVENESS" -> LIVENESS;
			case "READINESS" -> READINESS;
			case "BASELINE" -> BASELINE;
			default -> Selection.of(words[1]).cells().getFirst();
		};
		return of(words[0], cell, (words.length > 2) ? words[3] : "node-1");
	}

	/**
	 * What is found of a cell.
	 * @param verdict a verdict's label, or else all that anyone says of the cell
	 */
	static CellResult of(String verdict, Cell cell, String node) {
		return switch (verdict) {
			case "survives" -> survives(cell, node);
			case "broken" -> broken(cell, node);
			case "not-enforced" -> notEnforced(cell, node);
			case "inconclusive" -> inconclusive(cell);
			default -> hostile(cell, verdict);
		};
	}

	private static CellResult survives(Cell cell, String node) {
		return result(cell, node, Verdict.SURVIVES, "10 probes of 10 from the pod's own node were answered",
				probes(cell, 40), Harm.NONE, Reach.TIMED_OUT);
	}

	/** The last six of the watch fail, and the container is restarted. */
	private static CellResult broken(Cell cell, String node) {
		return result(cell, node, Verdict.BROKEN, "6 probes of 10 failed", probes(cell, 12),
				new Harm(List.of(new Restart(at(14), at(15), at(17), "Error, exit code 143", true)),
						Duration.ofSeconds(3), List.of("Liveness probe failed: HTTP probe failed with statuscode: 503"),
						null),
				Reach.REFUSED);
	}

	/** What the policies forbid is reached. */
	private static CellResult notEnforced(Cell cell, String node) {
		return new CellResult(
				new CellEvidence(cell, subject(cell, node), controls(cell.policy(), Reach.REACHED), null, Harm.NONE,
						null, List.of(marks().get(1), marks().getLast()), null),
				new Finding(Verdict.NOT_ENFORCED, List.of("pod-to-pod was reached under the policies")));
	}

	/** There was no pod. */
	private static CellResult inconclusive(Cell cell) {
		return new CellResult(
				new CellEvidence(cell, null, List.of(), null, Harm.NONE, null, List.of(),
						"pods were not ready within 120 s"),
				new Finding(Verdict.INCONCLUSIVE, List.of("the pod was never there", "no probe was seen")));
	}

	/** Every text is the given one, and probes come from where they must not. */
	private static CellResult hostile(Cell cell, String text) {
		SeenProbe foreign = new SeenProbe(at(9), "10.42.1.7", true);
		List<SeenProbe> seen = List.of(foreign, new SeenProbe(at(10), text, false));
		ProbeEvidence probes = new ProbeEvidence(Duration.ofSeconds(1), 3, counts(seen), ENFORCED, WATCHED, seen,
				List.of(new SeenProbe(at(11), text, true)), null, null);
		CellEvidence evidence = new CellEvidence(cell,
				new Subject(text, text, text, Set.of(text + "!"), text, new ImageIdentity(text, Set.of(text)), false,
						CREATED, at(5)),
				controls(cell.policy(), Reach.BROKEN_OFF), probes, harm(text),
				new Causality(text, text, false, List.of(text), List.of(text)), marks(), text);
		return new CellResult(evidence, new Finding(Verdict.BROKEN, List.of(text)));
	}

	/** The same, with a folder beside the report. */
	static CellResult detailed(String folder, CellResult result) {
		return new CellResult(result.evidence(), result.finding(), folder);
	}

	private static CellResult result(Cell cell, String node, Verdict verdict, String because, List<SeenProbe> seen,
			Harm harm, Reach blocked) {
		ProbeEvidence probes = new ProbeEvidence(Duration.ofSeconds(1), 3, counts(seen), ENFORCED, WATCHED, seen,
				List.of(), new Latency(7, 2.5, 4.9), new Latency(10, 2.6, 5.1));
		Causality causality = new Causality("%s made to fail".formatted(cell.kind().label()),
				"the container is restarted", true, List.of(), List.of("Container pyserver failed liveness probe"));
		return new CellResult(new CellEvidence(cell, subject(cell, node), controls(cell.policy(), blocked), probes,
				harm, causality, marks(), null), new Finding(verdict, List.of(because)));
	}

	private static Subject subject(Cell cell, String node) {
		return new Subject("lab-" + cell.policy().label(), cell.mechanism().label().toLowerCase(Locale.ROOT), node,
				Set.of("10.42.0.1", "172.18.0.3", "127.0.0.1"), "sha256:1234",
				new ImageIdentity("sha256:1234", Set.of("sha256:b", "sha256:a")), true, CREATED,
				(cell.policy() != Policy.NONE) ? at(5) : null);
	}

	/** Read every second, as the kubelet counted what the pod saw. */
	private static ProbeCounts counts(List<SeenProbe> seen) {
		return new ProbeCounts(ProbeCounts.Source.KUBELET, at(5), ENFORCED, WATCHED, List.of(), IntStream
			.rangeClosed(0, 40)
			.mapToObj((second) -> new ProbeCount(at(second), count(seen, second, true), count(seen, second, false), 0))
			.toList());
	}

	private static long count(List<SeenProbe> seen, int second, boolean answered) {
		return seen.stream().filter((probe) -> probe.answered() == answered && probe.at().isBefore(at(second))).count();
	}

	private static Harm harm(String text) {
		return new Harm(List.of(new Restart(at(12), at(13), null, text, true)), Duration.ZERO, List.of(text),
				new Unready(Kind.READINESS, 4, at(15), List.of(text)));
	}

	/** Forty of them, of which the first are answered. */
	private static List<SeenProbe> probes(Cell cell, int answered) {
		boolean inside = !cell.mechanism().crossesTheNetwork();
		return IntStream.range(0, 40)
			.mapToObj((i) -> new SeenProbe(at(i + 0.25), inside ? "127.0.0.1" : "10.42.0.1", i < answered, inside))
			.toList();
	}

	/** In all phases but one the network takes a second attempt. */
	private static List<ControlEvidence> controls(Policy policy, Reach blocked) {
		return Arrays.stream(Control.values()).map((control) -> {
			Reach during = control.openUnder(policy) ? Reach.REACHED : blocked;
			return new ControlEvidence(control, List.of(new Attempt(Phase.BEFORE, at(2), Reach.TIMED_OUT),
					new Attempt(Phase.BEFORE, at(3), Reach.REACHED), new Attempt(Phase.SETTLING, at(6), Reach.REACHED),
					new Attempt(Phase.SETTLING, at(7), during), new Attempt(Phase.DURING, at(17.9), during),
					new Attempt(Phase.AFTER, at(36), Reach.REFUSED), new Attempt(Phase.AFTER, at(38), Reach.REACHED)));
		}).toList();
	}

	private static List<Mark> marks() {
		return List.of(new Mark(at(1.5), What.READY), new Mark(at(5), What.POLICY_APPLIED),
				new Mark(ENFORCED, What.ENFORCED), new Mark(at(20), What.BROKEN), new Mark(at(25), What.RESTARTED),
				new Mark(at(35), What.POLICY_REMOVED));
	}

}
