package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.evidence.Cell.Policy;
import io.pyserver.lab.evidence.Control.Attempt;
import io.pyserver.lab.evidence.Control.ControlEvidence;
import io.pyserver.lab.evidence.Control.Phase;
import io.pyserver.lab.evidence.Control.Reach;
import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Observation.Harm;
import io.pyserver.lab.evidence.Observation.ImageIdentity;
import io.pyserver.lab.evidence.Observation.Mark;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Observation.Subject;
import io.pyserver.lab.evidence.Observation.Unready;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeEvidence.Latency;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * An observation in which the probe survives, for tests to change. The policies come at
 * second -5, enforcement is shown at second 0, and the watch ends at second 10.
 */
public final class SampleObservation {

	private final Cell cell;

	private final Map<Control, Map<Phase, Reach>> controls = new EnumMap<>(Control.class);

	private final Set<Integer> successes = new TreeSet<>();

	private final List<Integer> failures = new ArrayList<>();

	private final Set<Integer> unread = new TreeSet<>();

	private final List<SeenProbe> seen = new ArrayList<>();

	private final List<SeenProbe> claimed = new ArrayList<>();

	private final List<String> said = new ArrayList<>();

	private final List<Restart> restarts = new ArrayList<>();

	private Duration outOfService = Duration.ZERO;

	private @Nullable Unready unready;

	private int failureThreshold = 3;

	private Duration period = Duration.ofSeconds(1);

	private String node = "node-1";

	private String image = "sha256:1";

	private boolean probed = true;

	private boolean inOrder = true;

	private @Nullable Causality causality = new Causality("the probe was made to fail", "the kubelet acted", true,
			List.of(), List.of("Container pyserver failed its probe"));

	private @Nullable String problem;

	private SampleObservation(Cell cell) {
		this.cell = cell;
		for (Control control : Control.values()) {
			Reach during = control.openUnder(cell.policy()) ? Reach.REACHED : Reach.TIMED_OUT;
			this.controls.put(control, new EnumMap<>(
					Map.of(Phase.BEFORE, Reach.REACHED, Phase.DURING, during, Phase.AFTER, Reach.REACHED)));
		}
		String source = cell.mechanism().crossesTheNetwork() ? "10.42.0.1" : "127.0.0.1";
		IntStream.rangeClosed(1, 10).forEach((second) -> this.seen.add(new SeenProbe(at(second), source, true, false)));
		IntStream.rangeClosed(-9, 10).forEach(this.successes::add);
	}

	/** Of the first cell that a pattern selects. */
	public static SampleObservation of(String pattern) {
		return new SampleObservation(Selection.of(pattern).cells().getFirst());
	}

	static Stream<SampleObservation> ofEveryCell() {
		return Selection.matrix().map(SampleObservation::new);
	}

	/** An observation without a pod. */
	public static Observation withoutPod(Cell cell, String problem) {
		return new Observation(cell, null, List.of(), null, Harm.NONE, null, List.of(), problem);
	}

	public static Instant at(int second) {
		return Instant.parse("2026-11-23T12:00:00Z").plusSeconds(second);
	}

	/**
	 * Changes it.
	 * @param changes with semicolons between them, each a word and its value, such as
	 * {@code failed 4 7; said timeout}
	 */
	public SampleObservation with(String changes) {
		for (String change : changes.split("; ")) {
			int space = change.indexOf(' ');
			change((space < 0) ? change : change.substring(0, space), change.substring(space + 1));
		}
		return this;
	}

	/** Changes one thing. Seconds are numbers or ranges such as {@code 2..9}. */
	public SampleObservation change(String word, String value) {
		switch (word) {
			case "image" -> this.image = value;
			case "node" -> this.node = value;
			case "problem" -> this.problem = value;
			case "unprobed" -> this.probed = false;
			case "disordered" -> this.inOrder = false;
			case "period" -> this.period = Duration.ofSeconds(Integer.parseInt(value));
			case "threshold" -> this.failureThreshold = Integer.parseInt(value);
			case "failed" -> this.failures.addAll(seconds(value));
			case "unsuccessful" -> this.successes.removeAll(seconds(value));
			case "unread" -> this.unread.addAll(seconds(value));
			case "unlogged" -> this.seen.clear();
			case "seen" -> this.seen.add(new SeenProbe(at(9), value, true, false));
			case "seen-failed" -> this.seen.add(new SeenProbe(at(4), value, false, false));
			case "seen-inside" -> this.seen.add(new SeenProbe(at(9), value, true, true));
			case "claimed" -> this.claimed.add(new SeenProbe(at(3), value, true, false));
			case "claimed-inside" -> this.claimed.add(new SeenProbe(at(3), value, true, true));
			case "said" -> this.said.add(value);
			case "out-of-service" -> this.outOfService = Duration.ofSeconds(Integer.parseInt(value));
			case "killed" -> this.restarts.add(restart(seconds(value), "OOMKilled, exit code 137", false));
			case "restarted" -> this.restarts.add(restart(List.of(7, 8, 9), value, true));
			case "unready" -> this.unready = new Unready(Kind.STARTUP, Long.parseLong(value), at(5),
					List.of("Startup probe failed: i/o timeout"));
			case "unbroken" -> this.causality = null;
			case "broken" -> this.causality = new Causality(value, value, false, List.of(value), List.of(value));
			case "nothing-followed" ->
				this.causality = new Causality("it was broken", "it restarted", false, List.of(), List.of());
			case "bystanders" ->
				this.causality = new Causality("it was broken", "it restarted", true, List.of(value), List.of());
			case "without" -> this.controls.remove(constant(Control.class, value));
			case "uncontrolled" -> this.controls.clear();
			case "unsettled" -> this.controls.values().forEach((phases) -> phases.remove(Phase.DURING));
			case "unenforced" -> this.controls.forEach((control, phases) -> phases.put(Phase.DURING,
					control.openUnder(this.cell.policy()) ? Reach.TIMED_OUT : Reach.REACHED));
			default -> control(constant(Control.class, word), value.split(" "));
		}
		return this;
	}

	private void control(Control control, String[] phaseAndReach) {
		Phase phase = constant(Phase.class, phaseAndReach[0]);
		if (phaseAndReach[1].equals("untried")) {
			this.controls.get(control).remove(phase);
		}
		else {
			this.controls.get(control).put(phase, constant(Reach.class, phaseAndReach[1]));
		}
	}

	private static <E extends Enum<E>> E constant(Class<E> type, String label) {
		return Enum.valueOf(type, label.toUpperCase().replace('-', '_'));
	}

	private static List<Integer> seconds(String text) {
		return Arrays.stream(text.split(" ")).map((range) -> range.split("\\.\\.")).flatMap((ends) -> {
			int first = Integer.parseInt(ends[0]);
			return IntStream.rangeClosed(first, Integer.parseInt(ends[ends.length - 1])).boxed();
		}).toList();
	}

	/** It ended, ran again and was ready, or not ready again without a third second. */
	private static Restart restart(List<Integer> seconds, String reason, boolean byProbe) {
		return new Restart(at(seconds.get(0)), at(seconds.get(1)), (seconds.size() > 2) ? at(seconds.get(2)) : null,
				reason, byProbe);
	}

	public Observation build() {
		Instant created = at(-60);
		Instant policy = created.plusSeconds((this.cell.order() == Order.POD_FIRST) == this.inOrder ? 5 : -5);
		Subject subject = new Subject("lab-" + this.cell.policy().label(), "pyserver", this.node,
				Set.of("10.42.0.1", "172.18.0.2"), this.image, new ImageIdentity("sha256:1", Set.of("sha256:9")),
				this.probed, created, (this.cell.policy() != Policy.NONE) ? policy : null);
		ProbeEvidence evidence = new ProbeEvidence(this.period, this.failureThreshold, counts(), at(0), at(10),
				this.seen.stream().sorted(Comparator.comparing(SeenProbe::at)).toList(), this.claimed,
				new Latency(7, 2.5, 4.9), null);
		return new Observation(this.cell, subject, attempts(), evidence,
				new Harm(this.restarts, this.outOfService, this.said, this.unready), this.causality, marks(),
				this.problem);
	}

	/** Read every second. */
	private ProbeCounts counts() {
		List<ProbeCount> readings = IntStream.rangeClosed(-10, 10)
			.filter((second) -> !this.unread.contains(second))
			.mapToObj(
					(now) -> new ProbeCount(at(now), this.successes.stream().filter((second) -> second <= now).count(),
							this.failures.stream().filter((second) -> second <= now).count(), 0))
			.toList();
		return new ProbeCounts(ProbeCounts.Source.KUBELET, at(-5), at(0), at(10),
				this.restarts.stream().filter((restart) -> !restart.byProbe()).toList(), readings);
	}

	private List<ControlEvidence> attempts() {
		return this.controls.entrySet()
			.stream()
			.map((control) -> new ControlEvidence(control.getKey(), control.getValue()
				.entrySet()
				.stream()
				.map((phase) -> new Attempt(phase.getKey(), at(-8 + 8 * phase.getKey().ordinal()), phase.getValue()))
				.toList()))
			.toList();
	}

	private static List<Mark> marks() {
		int[] seconds = { -9, -5, 0, 11, 12, 15 };
		return Arrays.stream(What.values()).map((what) -> new Mark(at(seconds[what.ordinal()]), what)).toList();
	}

}
