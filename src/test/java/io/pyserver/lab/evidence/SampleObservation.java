package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.ControlEvidence.Attempt;
import io.pyserver.lab.evidence.Harm.Restart;
import io.pyserver.lab.evidence.Harm.Unready;
import io.pyserver.lab.evidence.LatencyHistogram.Latency;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * An observation in which all is well, for tests to spoil: the policies come at second
 * -5, enforcement is shown at second 0, and the watch ends at second 10.
 */
public final class SampleObservation {

	public static final String NODE_ADDRESS = "10.42.0.1";

	static final String IMAGE = "sha256:1";

	static final String MANIFEST = "sha256:9";

	private final Cell cell;

	public String node = "node-1";

	public final Map<Control, Map<Phase, Reach>> controls = new EnumMap<>(Control.class);

	public final List<SeenProbe> probes = new ArrayList<>();

	public final List<SeenProbe> claimed = new ArrayList<>();

	/** In which seconds a probe succeeded. */
	final Set<Integer> successes = new TreeSet<>();

	/** In which seconds one failed. */
	public final List<Integer> failures = new ArrayList<>();

	/** In which seconds nothing was read. */
	final Set<Integer> missedReadings = new TreeSet<>();

	public final List<String> said = new ArrayList<>();

	public final List<Restart> restarts = new ArrayList<>();

	public Duration outOfService = Duration.ZERO;

	public @Nullable Unready unready;

	int failureThreshold = 3;

	Duration period = Duration.ofSeconds(1);

	String image = IMAGE;

	boolean probed = true;

	boolean inOrder = true;

	public @Nullable Causality causality = new Causality("the probe was made to fail", "the kubelet acted", true,
			List.of(), List.of("Container pyserver failed its probe"));

	public @Nullable String problem;

	private SampleObservation(Cell cell) {
		this.cell = cell;
		for (Control control : Control.values()) {
			Reach during = control.openUnder(cell.policy()) ? Reach.REACHED : Reach.TIMED_OUT;
			this.controls.put(control, new EnumMap<>(
					Map.of(Phase.BEFORE, Reach.REACHED, Phase.DURING, during, Phase.AFTER, Reach.REACHED)));
		}
		String source = cell.mechanism().crossesTheNetwork() ? NODE_ADDRESS : "127.0.0.1";
		IntStream.rangeClosed(1, 10).forEach((second) -> this.probes.add(probe(second, source)));
		IntStream.rangeClosed(-9, 10).forEach(this.successes::add);
	}

	/** Of the first cell that a pattern names. */
	public static SampleObservation of(String cells) {
		return new SampleObservation(Selection.of(cells).cells().getFirst());
	}

	static Stream<SampleObservation> ofEveryCell() {
		return Selection.matrix().map(SampleObservation::new);
	}

	/** One without a pod. */
	public static Observation withoutPod(Cell cell, String problem) {
		return new Observation(cell, null, List.of(), null, Harm.NONE, null, List.of(), problem);
	}

	public static Instant at(int second) {
		return Instant.parse("2026-11-23T12:00:00Z").plusSeconds(second);
	}

	public static SeenProbe probe(int second, String source) {
		return new SeenProbe(at(second), source, true);
	}

	void set(Control control, Phase phase, Reach reach) {
		this.controls.get(control).put(phase, reach);
	}

	/** Makes two probes fail, for which the container is restarted. */
	public SampleObservation broken() {
		this.failures.addAll(List.of(4, 7));
		this.probes.set(3, new SeenProbe(at(4), NODE_ADDRESS, false));
		this.said.add("probe failed: HTTP probe failed with statuscode: 503");
		this.restarts.add(new Restart(at(7), at(8), at(9), "Error, exit code 143", true));
		this.outOfService = Duration.ofSeconds(3);
		return this;
	}

	/** Blocks what is open, and lets through what is forbidden. */
	public SampleObservation notEnforced() {
		this.controls.forEach((control, phases) -> phases.put(Phase.DURING,
				control.openUnder(this.cell.policy()) ? Reach.TIMED_OUT : Reach.REACHED));
		return this;
	}

	public Observation build() {
		Instant created = at(-60);
		Instant policy = created.plusSeconds((this.cell.order() == Order.POD_FIRST) == this.inOrder ? 5 : -5);
		Subject subject = new Subject("lab-" + this.cell.policy().label(), "pyserver", this.node,
				Set.of(NODE_ADDRESS, "172.18.0.2"), this.image, new ImageIdentity(IMAGE, Set.of(MANIFEST)), this.probed,
				created, (this.cell.policy() != Policy.NONE) ? policy : null);
		ProbeEvidence evidence = new ProbeEvidence(this.period, this.failureThreshold, counts(), at(0), at(10),
				this.probes, this.claimed, new Latency(7, 2.5, 4.9), null);
		return new Observation(this.cell, subject, attempts(), evidence,
				new Harm(this.restarts, this.outOfService, this.said, this.unready), this.causality, marks(),
				this.problem);
	}

	/** Read every second. */
	private ProbeCounts counts() {
		List<ProbeCount> readings = IntStream.rangeClosed(-10, 10)
			.filter((second) -> !this.missedReadings.contains(second))
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
