package io.pyserver.lab.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

	final List<String> unhealthy = new ArrayList<>();

	Duration period = Duration.ofSeconds(1);

	String image = IMAGE;

	boolean probed = true;

	boolean inOrder = true;

	int byLog = 20;

	@Nullable Integer byHistory = 20;

	int restarts;

	@Nullable Causality causality = new Causality("it was broken", "the kubelet acted", true, List.of(), List.of());

	@Nullable Instant since;

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
		if (!cell.mechanism().crossesTheNetwork()) {
			this.byHistory = null;
		}
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
				new ProbeEvidence(this.period, START, START.plusSeconds(10), this.probes, this.byLog, this.byHistory,
						this.claimed),
				new Harm(this.restarts, this.unhealthy, this.since), this.causality, List.of(), this.problem));
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
