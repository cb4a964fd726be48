package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.Harm.Restart;

/**
 * Makes what probes ask for fail, and looks at what the kubelets make of it: that it is
 * these probes that they act on, and of no other pod. What others suffered is counted at
 * the end, as it may come late; a pod that its node does not find well by then is a
 * finding of its own, and nobody's bystander.
 */
final class Breaking implements Step {

	private final Scene scene;

	private final PodGroup group;

	private final Stops stops;

	private final List<Probed> pods;

	private final Set<Kind> kinds;

	private final Instant exposed;

	private final Instant begun = Instant.now();

	private final Map<String, Integer> outside;

	private final List<Half> halves = new ArrayList<>();

	private final Map<Probed, List<Mark>> marks = new ConcurrentHashMap<>();

	private final Map<Probed, Causality> startup = new HashMap<>();

	/**
	 * Of pods that are well.
	 * @param kinds what is asked about
	 * @param exposed restarts since then may be the policies' doing
	 */
	Breaking(Scene scene, List<Probed> pods, Set<Kind> kinds, Instant exposed) {
		this.exposed = exposed;
		this.scene = scene;
		this.group = scene.group();
		this.stops = new Stops(scene);
		this.pods = pods;
		this.kinds = kinds;
		this.outside = scene.lab().surroundings().restarts();
	}

	/**
	 * One half of the pods and then the other one: those that are let alone are the
	 * witnesses. Readiness of a half is put right while liveness of the other one is
	 * broken, and must not make it restart; one half starts again while the other one is
	 * broken, and must not do so twice.
	 */
	@Override
	public void run() {
		List<Probed> oneHalf = everyOther(1);
		List<Probed> otherHalf = everyOther(0);
		boolean restarts = this.kinds.contains(Kind.LIVENESS) || this.kinds.contains(Kind.STARTUP);
		if (this.kinds.contains(Kind.READINESS)) {
			Half one = turn(oneHalf, Kind.READINESS);
			mend(one);
			Half other = turn(otherHalf, Kind.READINESS);
			confirm(one);
			mend(other);
			if (restarts) {
				liveness(oneHalf);
			}
			confirm(other);
		}
		else {
			liveness(oneHalf);
		}
		if (restarts) {
			liveness(otherHalf);
		}
		awaitWell(this.pods, this.scene.settings().ready());
		if (this.kinds.contains(Kind.STARTUP)) {
			startup(brokenFor(Kind.LIVENESS));
		}
	}

	private List<Probed> everyOther(int first) {
		return IntStream.iterate(first, (i) -> i < this.pods.size(), (i) -> i + 2).mapToObj(this.pods::get).toList();
	}

	/** Makes liveness fail; the restart puts it right. */
	private void liveness(List<Probed> pods) {
		Map<String, Integer> restarts = this.group.restarts();
		Half half = turn(pods, Kind.LIVENESS);
		half.noticed((pod, state) -> state.restarts() > restarts.getOrDefault(pod.name(), 0))
			.forEach((pod, started) -> {
				half.followed().add(pod);
				mark(pod, new Mark(started.since(), What.RESTARTED));
			});
	}

	/**
	 * Puts readiness right as soon as it was noticed; the other pods have to be ready
	 * then.
	 */
	private void mend(Half half) {
		Set<Probed> out = half.noticed((_, state) -> !state.ready()).keySet();
		this.pods.stream().filter((pod) -> this.stops.isWell(pod) && !half.pods().contains(pod)).forEach((witness) -> {
			try {
				if (!UnderTest.isReady(this.group.pod(witness.name()))) {
					half.bystanders().add(witness);
				}
			}
			catch (IllegalStateException ex) {
				this.stops.stop(witness, Unwell.because(ex.getMessage()));
			}
		});
		this.stops.each(half.pods(), (pod) -> pod.turn(Kind.READINESS, "correct"));
		half.followed().addAll(out);
	}

	/** Looks whether pods whose readiness was put right are in service again. */
	private void confirm(Half half) {
		half.followed().retainAll(awaitWell(half.pods(), Limits.ALL.restarted()));
	}

	/**
	 * Ends it, as late as can be: all pods have to be well once more, and none started
	 * again more often than asked for.
	 * @param notStopped the pods that nothing has stopped so far
	 */
	Map<Probed, Release.Concluded> conclude(List<Probed> notStopped) {
		List<Probed> awaited = this.pods.stream()
			.filter((pod) -> notStopped.contains(pod) || !this.stops.isWell(pod))
			.toList();
		List<Probed> well = awaitWell(awaited, this.scene.settings().ready());
		Map<Probed, List<Restart>> unasked = this.pods.stream().collect(Collectors.toMap((pod) -> pod, this::unasked));
		Map<Probed, Map<Kind, Causality>> causality = new HashMap<>();
		Set<Probed> restarted = well.stream()
			.filter((pod) -> unasked.get(pod).stream().anyMatch(Restart::byProbe))
			.collect(Collectors.toSet());
		for (Half half : this.halves) {
			half.pods()
				.forEach((pod) -> causality.computeIfAbsent(pod, (_) -> new EnumMap<>(Kind.class))
					.put(half.kind(), half.causality(pod, others(half, pod, restarted))));
		}
		return this.pods.stream()
			.collect(
					Collectors.toMap((pod) -> pod, (pod) -> new Release.Concluded(causality.getOrDefault(pod, Map.of()),
							well.contains(pod) ? unasked.get(pod) : null, this.stops.of(pod))));
	}

	/** Others that it happened to as well, and to which it must not. */
	private Stream<String> others(Half half, Probed pod, Set<Probed> restarted) {
		boolean liveness = half.kind() == Kind.LIVENESS;
		return Stream.concat((liveness ? restarted : half.bystanders()).stream()
			.filter((other) -> !other.equals(pod) && this.stops.isWell(other))
			.map(Probed::name), liveness ? restartedOutside() : Stream.empty());
	}

	/** What was counted of the containers that were started again. */
	private void startup(List<Probed> started) {
		this.scene.recorder().readNow();
		for (Probed pod : started) {
			boolean passed = this.stops.isWell(pod)
					&& this.scene.recorder().since(pod, Kind.STARTUP, this.begun).successful() > 0;
			this.startup.put(pod, new Causality("the container was made to start again",
					"its startup probe came, and the pod became ready", passed, List.of(), List.of()));
		}
	}

	/** How often it was started again, but for the once that it was made to. */
	private List<Restart> unasked(Probed pod) {
		List<Restart> restarts = new ArrayList<>(this.scene.restarts(pod, this.exposed));
		if (brokenFor(Kind.LIVENESS).contains(pod)) {
			restarts.stream().filter(Restart::byProbe).reduce((_, last) -> last).ifPresent(restarts::remove);
		}
		return List.copyOf(restarts);
	}

	private List<Probed> brokenFor(Kind kind) {
		return this.halves.stream()
			.filter((half) -> half.kind() == kind)
			.flatMap((half) -> half.pods().stream())
			.toList();
	}

	/** Says which of them are well within the limit; the others are stopped. */
	private List<Probed> awaitWell(List<Probed> pods, Duration limit) {
		return this.stops.awaitReady(pods.stream().filter(this.stops::isOpen).toList(), limit);
	}

	private Half turn(List<Probed> pods, Kind kind) {
		Instant now = Instant.now();
		List<Probed> well = pods.stream().filter(this.stops::isWell).toList();
		this.stops.each(well, (pod) -> {
			pod.turn(kind, "broken");
			mark(pod, new Mark(Instant.now(), What.BROKEN));
		});
		Half half = Half.of(this.scene, kind, now, well.stream().filter(this.stops::isWell).toList());
		this.halves.add(half);
		return half;
	}

	private void mark(Probed pod, Mark mark) {
		this.marks.computeIfAbsent(pod, (_) -> new ArrayList<>()).add(mark);
	}

	private Stream<String> restartedOutside() {
		return this.scene.lab()
			.surroundings()
			.restarts()
			.entrySet()
			.stream()
			.filter((pod) -> pod.getValue() > this.outside.getOrDefault(pod.getKey(), 0))
			.map(Map.Entry::getKey);
	}

	@Override
	public Map<Probed, Outcome.Broken> seen() {
		return Step.ofEach(this.pods,
				(pod) -> new Outcome.Broken(List.copyOf(this.marks.getOrDefault(pod, List.of())),
						this.startup.containsKey(pod) ? Map.of(Kind.STARTUP, this.startup.get(pod)) : Map.of(),
						this.stops.of(pod)));
	}

}
