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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Causality;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Mark;
import io.pyserver.lab.evidence.Mark.What;
import io.pyserver.lab.evidence.SeenProbe;
import io.pyserver.lab.evidence.Silence;
import org.jspecify.annotations.Nullable;

/**
 * Makes what probes ask for fail, and looks at what the kubelets make of it: that it is
 * these probes that they act on, and of no other pod. What others suffered is counted at
 * the end, as it may come late; a pod that its node does not find well by then is a
 * finding of its own, and nobody's bystander.
 */
final class Breaking implements Step {

	private final Lab lab;

	private final PodGroup group;

	private final LogBook logs;

	private final List<Probed> pods;

	private final Set<Kind> kinds;

	private final KubeletEvents before;

	private final Map<String, Integer> outside;

	private final List<Half> halves = new ArrayList<>();

	private final Map<Probed, List<Mark>> marks = new ConcurrentHashMap<>();

	private final Map<Probed, Causality> startup = new HashMap<>();

	private final Map<Probed, Unwell> unwell = new ConcurrentHashMap<>();

	/** They could not be broken, which may be because their node restarts them. */
	private final Set<Probed> stumbled = ConcurrentHashMap.newKeySet();

	/**
	 * Of pods that are well.
	 * @param kinds what is asked about
	 */
	Breaking(Lab lab, PodGroup group, LogBook logs, List<Probed> pods, Set<Kind> kinds) {
		this.lab = lab;
		this.group = group;
		this.logs = logs;
		this.pods = pods;
		this.kinds = kinds;
		this.before = group.events();
		this.outside = lab.surroundings().restarts();
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
		awaitWell(this.pods, this.lab.settings().ready());
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
		this.pods.stream().filter((pod) -> isWell(pod) && !half.pods().contains(pod)).forEach((witness) -> {
			try {
				if (!UnderTest.isReady(this.group.pod(witness.name()))) {
					half.bystanders().add(witness);
				}
			}
			catch (IllegalStateException ex) {
				stop(witness, Unwell.because(ex.getMessage()));
			}
		});
		each(half.pods(), (pod) -> pod.turn(Kind.READINESS, "correct"));
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
	Map<Probed, Concluded> conclude(List<Probed> notStopped) {
		List<Probed> awaited = this.pods.stream()
			.filter((pod) -> notStopped.contains(pod) || this.stumbled.contains(pod))
			.toList();
		List<Probed> well = awaitWell(awaited, this.lab.settings().ready());
		Map<String, Integer> unasked = unasked(this.group.restarts(),
				brokenFor(Kind.LIVENESS).stream().map(Probed::name).collect(Collectors.toSet()));
		Map<Probed, Map<Kind, Causality>> causality = new HashMap<>();
		Set<Probed> restarted = well.stream()
			.filter((pod) -> unasked.getOrDefault(pod.name(), 0) > 0)
			.collect(Collectors.toSet());
		KubeletEvents said = this.group.events().since(this.before).unhealthyOrKilling();
		for (Half half : this.halves) {
			half.pods()
				.forEach((pod) -> causality.computeIfAbsent(pod, (_) -> new EnumMap<>(Kind.class))
					.put(half.kind(), causality(half, pod, restarted, said.of(pod.name()).messages())));
		}
		return this.pods.stream()
			.collect(Collectors.toMap((pod) -> pod, (pod) -> new Concluded(causality.getOrDefault(pod, Map.of()),
					well.contains(pod) ? unasked.get(pod.name()) : null, this.unwell.get(pod))));
	}

	/**
	 * How often each container was started again that was not asked for.
	 * @param restarts how often it was started again at all
	 * @param asked those that had to, once
	 */
	static Map<String, Integer> unasked(Map<String, Integer> restarts, Set<String> asked) {
		Map<String, Integer> unasked = new HashMap<>(restarts);
		asked.forEach((name) -> unasked.computeIfPresent(name, (_, times) -> Math.max(0, times - 1)));
		return unasked;
	}

	private Causality causality(Half half, Probed pod, Set<Probed> restarted, List<String> said) {
		boolean liveness = half.kind() == Kind.LIVENESS;
		Stream<String> others = (liveness ? restarted : half.bystanders()).stream()
			.filter((other) -> !other.equals(pod) && isWell(other))
			.map(Probed::name);
		return new Causality(half.kind().label() + " was broken",
				liveness ? "this container was started again and no other"
						: "the pod was unready until it was put right",
				half.followed().contains(pod),
				Stream.concat(others, liveness ? restartedOutside() : Stream.empty()).sorted().toList(), said);
	}

	/** What the log of the containers shows that were started again. */
	private void startup(List<Probed> started) {
		Map<String, List<LogLine>> now = this.logs.now();
		for (Probed pod : started) {
			boolean passed = isWell(pod)
					&& pod.logIn(now).probes(pod.mechanism(), Kind.STARTUP).stream().anyMatch(SeenProbe::answered);
			this.startup.put(pod, new Causality("the container was made to start again",
					"its startup probe came, and the pod became ready", passed, List.of(), List.of()));
		}
	}

	private List<Probed> brokenFor(Kind kind) {
		return this.halves.stream()
			.filter((half) -> half.kind() == kind)
			.flatMap((half) -> half.pods().stream())
			.toList();
	}

	/** Says which of them are well within the limit; the others are stopped. */
	private List<Probed> awaitWell(List<Probed> pods, Duration limit) {
		List<Probed> well = new ArrayList<>(pods);
		well.removeIf((pod) -> !isWell(pod) && !this.stumbled.contains(pod));
		this.lab.readiness(this.group, this.logs, limit).await(List.copyOf(well)).forEach((pod, late) -> {
			KubeletEvents said = this.group.events().since(this.before).of(pod.name()).unhealthy();
			KubeletEvents silence = said.with((event) -> Silence.isToldBy(event.message()));
			stop(pod,
					Unwell.notReady(late, silence, "it was not ready again within %d s".formatted(limit.toSeconds())));
			well.remove(pod);
		});
		return well;
	}

	private Half turn(List<Probed> pods, Kind kind) {
		Instant now = Instant.now();
		List<Probed> well = pods.stream().filter(this::isWell).toList();
		each(well, (pod) -> {
			pod.turn(kind, "broken");
			mark(pod, new Mark(Instant.now(), What.BROKEN));
		});
		Half half = Half.of(this.group, kind, now, well.stream().filter(this::isWell).toList());
		this.halves.add(half);
		return half;
	}

	/** Does it for each; where it cannot be done, that pod alone is stopped. */
	private void each(List<Probed> pods, Consumer<Probed> action) {
		SideBySide.each(pods, (pod) -> {
			try {
				action.accept(pod);
			}
			catch (IllegalStateException ex) {
				this.stumbled.add(pod);
				stop(pod, Unwell.because(ex.getMessage()));
			}
		});
	}

	private boolean isWell(Probed pod) {
		return !this.unwell.containsKey(pod);
	}

	private void stop(Probed pod, Unwell reason) {
		this.unwell.merge(pod, reason, Unwell::then);
	}

	private void mark(Probed pod, Mark mark) {
		this.marks.computeIfAbsent(pod, (_) -> new ArrayList<>()).add(mark);
	}

	private Stream<String> restartedOutside() {
		return this.lab.surroundings()
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
						this.unwell.get(pod)));
	}

	/**
	 * What it came to with a pod.
	 *
	 * @param restarts how often its container was started again that was not asked for,
	 * or null where the pod is not well
	 */
	record Concluded(Map<Kind, Causality> causality, @Nullable Integer restarts, @Nullable Unwell unwell) {

		static final Concluded NOTHING = new Concluded(Map.of(), null, null);

	}

}
