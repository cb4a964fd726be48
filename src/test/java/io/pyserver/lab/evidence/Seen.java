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

import static org.assertj.core.api.Assertions.assertThat;

/** Evidence in which all is well, for tests to spoil. */
final class Seen {

	static final String NODE = "10.42.0.1";

	static final String IMAGE = "sha256:1";

	static final String MANIFEST = "sha256:9";

	private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

	final Cell cell;

	final Map<Control, Map<Phase, Reach>> controls = new EnumMap<>(Control.class);

	final List<SeenProbe> probes = new ArrayList<>();

	final List<SeenProbe> claimed = new ArrayList<>();

	/** In which seconds a probe succeeded; enforcement is shown at second 0. */
	final Set<Integer> successes = new TreeSet<>();

	/** In which seconds one failed; the policies come at second -5. */
	final List<Integer> failures = new ArrayList<>();

	final List<String> said = new ArrayList<>();

	final List<Restart> restarts = new ArrayList<>();

	int failureThreshold = 3;

	Duration outOfService = Duration.ZERO;

	@Nullable Unready unready;

	final Set<Integer> missedReadings = new TreeSet<>();

	/** The second of the last reading. */
	int lastReading = 10;

	Duration period = Duration.ofSeconds(1);

	String image = IMAGE;

	boolean probed = true;

	boolean inOrder = true;

	@Nullable Causality causality = new Causality("it was broken", "the kubelet acted", true, List.of(), List.of());

	@Nullable String problem;

	private Seen(Cell cell) {
		this.cell = cell;
		for (Control control : Control.values()) {
			boolean open = control.openUnder(cell.policy());
			this.controls.put(control, new EnumMap<>(Map.of(Phase.BEFORE, Reach.REACHED, Phase.DURING,
					open ? Reach.REACHED : Reach.TIMED_OUT, Phase.AFTER, Reach.REACHED)));
		}
		String source = cell.mechanism().crossesTheNetwork() ? NODE : "127.0.0.1";
		IntStream.rangeClosed(1, 10).forEach((second) -> this.probes.add(probe(second, source)));
		IntStream.rangeClosed(-9, 10).forEach(this.successes::add);
	}

	static Seen in(Policy policy, Mechanism mechanism, Kind kind, Order order) {
		return new Seen(new Cell(policy, mechanism, kind, order));
	}

	/** Under both policies, which came to a running pod. */
	static Seen denied(Mechanism mechanism, Kind kind) {
		return in(Policy.DENY_BOTH, mechanism, kind, Order.POD_FIRST);
	}

	static Stream<Seen> inEveryCell() {
		return Selection.matrix().map(Seen::new);
	}

	static SeenProbe probe(int second, String source) {
		return new SeenProbe(START.plusSeconds(second), source, true);
	}

	Finding finding() {
		Instant created = START.minusSeconds(60);
		Instant policy = created.plusSeconds((this.cell.order() == Order.POD_FIRST) == this.inOrder ? 5 : -5);
		Subject subject = new Subject("lab", "pyserver", "node", Set.of(NODE, "172.18.0.2"), this.image,
				new ImageIdentity(IMAGE, Set.of(MANIFEST)), this.probed, created,
				(this.cell.policy() != Policy.NONE) ? policy : null);
		return Finding.of(new CellEvidence(this.cell, subject, controls(),
				new ProbeEvidence(this.period, this.failureThreshold, counts(), START, at(10), this.probes,
						this.claimed, null, null),
				new Harm(this.restarts, this.outOfService, this.said, this.unready), this.causality, List.of(),
				this.problem));
	}

	/** Read every second. */
	private ProbeCounts counts() {
		List<ProbeCount> readings = IntStream.rangeClosed(-10, this.lastReading)
			.filter((second) -> !this.missedReadings.contains(second))
			.mapToObj(
					(now) -> new ProbeCount(at(now), this.successes.stream().filter((second) -> second <= now).count(),
							this.failures.stream().filter((second) -> second <= now).count(), 0))
			.toList();
		return new ProbeCounts(ProbeCounts.Source.KUBELET, at(-5), START, at(10),
				this.restarts.stream().filter((restart) -> !restart.byProbe()).toList(), readings);
	}

	static Instant at(int second) {
		return START.plusSeconds(second);
	}

	/** Fails unless this verdict follows, with such a reason. */
	void leadsTo(Verdict verdict, String reason) {
		Finding finding = finding();
		assertThat(finding.verdict()).as("%s", finding.because()).isEqualTo(verdict);
		assertThat(finding.because()).anyMatch((because) -> because.contains(reason));
	}

	private List<ControlEvidence> controls() {
		return this.controls.entrySet()
			.stream()
			.map((control) -> new ControlEvidence(control.getKey(),
					Arrays.stream(Phase.values())
						.filter(control.getValue()::containsKey)
						.map((phase) -> new Attempt(phase, START, control.getValue().get(phase)))
						.toList()))
			.toList();
	}

	void set(Control control, Phase phase, Reach reach) {
		this.controls.getOrDefault(control, new EnumMap<>(Phase.class)).put(phase, reach);
	}

	void forget(Control control, Phase phase) {
		this.controls.getOrDefault(control, new EnumMap<>(Phase.class)).remove(phase);
	}

}
