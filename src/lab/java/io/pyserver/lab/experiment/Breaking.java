package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.cluster.UnderTest;
import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.evidence.Harm.Restart;

/**
 * Makes what probes ask for fail, and looks at what the kubelets make of it: that it is
 * these probes that they act on, and of no other pod. What others suffered is counted at
 * the end, as it may come late; a pod that its node does not find well by then is a
 * finding of its own, and nobody's bystander.
 */
final class Breaking {

	private final Setup setup;

	private final List<PodUnderTest> pods;

	private final Set<Kind> kinds;

	private final Instant begun = Instant.now();

	private final Map<String, Integer> outside;

	private final List<Broken> broken = new ArrayList<>();

	/** Nothing could be done with them, which may be because their node restarts them. */
	private final Set<PodUnderTest> unreached = ConcurrentHashMap.newKeySet();

	/**
	 * Of pods that are well.
	 * @param kinds what is asked about
	 */
	Breaking(Setup setup, List<PodUnderTest> pods, Set<Kind> kinds) {
		this.setup = setup;
		this.pods = pods;
		this.kinds = kinds;
		this.outside = setup.lab().surroundings().restarts();
	}

	/**
	 * One half of the pods and then the other one: those that are let alone are the
	 * witnesses. Readiness of a half is put right while liveness of the other one is
	 * broken, and must not make it restart; one half starts again while the other one is
	 * broken, and must not do so twice.
	 */
	void run() {
		List<PodUnderTest> oneHalf = everyOther(1);
		List<PodUnderTest> otherHalf = everyOther(0);
		boolean restarts = this.kinds.contains(Kind.LIVENESS) || this.kinds.contains(Kind.STARTUP);
		if (this.kinds.contains(Kind.READINESS)) {
			Broken one = breakProbes(oneHalf, Kind.READINESS);
			mend(one);
			Broken other = breakProbes(otherHalf, Kind.READINESS);
			awaitMended(one);
			mend(other);
			if (restarts) {
				breakLiveness(oneHalf);
			}
			awaitMended(other);
		}
		else {
			breakLiveness(oneHalf);
		}
		if (restarts) {
			breakLiveness(otherHalf);
		}
		awaitReady(this.pods, this.setup.settings().ready());
		if (this.kinds.contains(Kind.STARTUP)) {
			noteStartup();
		}
	}

	private List<PodUnderTest> everyOther(int first) {
		return IntStream.iterate(first, (i) -> i < this.pods.size(), (i) -> i + 2).mapToObj(this.pods::get).toList();
	}

	private Broken breakProbes(List<PodUnderTest> pods, Kind kind) {
		Instant now = Instant.now();
		List<PodUnderTest> reached = each(pods.stream().filter(Breaking::isNotStopped).toList(), (pod) -> {
			pod.operator().breakProbe(kind);
			pod.seen().mark(What.BROKEN, Instant.now());
		});
		Broken some = Broken.of(kind, now, reached);
		this.broken.add(some);
		return some;
	}

	/** The restart puts it right. */
	private void breakLiveness(List<PodUnderTest> pods) {
		Map<String, Integer> restarts = this.setup.group().restarts();
		Broken some = breakProbes(pods, Kind.LIVENESS);
		some.noticed(this.setup.noticedWithin(Mechanism.EXEC),
				(pod, state) -> state.restarts() > restarts.getOrDefault(pod.name(), 0))
			.forEach((pod, started) -> {
				some.followed().add(pod);
				pod.seen().mark(What.RESTARTED, started.since());
			});
	}

	/**
	 * Puts readiness right as soon as it was noticed; the other pods have to be ready
	 * then.
	 */
	private void mend(Broken some) {
		some.followed()
			.addAll(some.noticed(this.setup.noticedWithin(Mechanism.EXEC), (_, state) -> !state.ready()).keySet());
		this.pods.stream().filter((pod) -> isNotStopped(pod) && !some.pods().contains(pod)).forEach((witness) -> {
			try {
				if (!UnderTest.isReady(this.setup.group().pod(witness.name()))) {
					some.bystanders().add(witness);
				}
			}
			catch (IllegalStateException ex) {
				witness.seen().stop(ex.getMessage());
			}
		});
		each(some.pods(), (pod) -> pod.operator().mend(Kind.READINESS));
	}

	/** Looks whether pods whose readiness was put right are in service again. */
	private void awaitMended(Broken some) {
		some.followed().retainAll(awaitReady(some.pods(), Limits.ALL.restarted()));
	}

	/** What was counted of the containers that were started again. */
	private void noteStartup() {
		this.setup.recorder().readNow();
		brokenFor(Kind.LIVENESS).forEach((pod) -> {
			boolean passed = isNotStopped(pod) && pod.probes().since(Kind.STARTUP, this.begun).successful() > 0;
			pod.seen()
				.broken(Kind.STARTUP, new Causality("the container was made to start again",
						"its startup probe came, and the pod became ready", passed, List.of(), List.of()));
		});
	}

	/**
	 * Ends it, as late as can be: all pods have to be well once more, and none started
	 * again more often than asked for.
	 */
	void conclude() {
		List<PodUnderTest> ready = awaitReady(this.pods, this.setup.settings().ready());
		ready.forEach((pod) -> pod.seen().restarted(unasked(pod)));
		for (Broken some : this.broken) {
			some.pods().forEach((pod) -> pod.seen().broken(some.kind(), some.causality(pod, others(some, pod, ready))));
		}
	}

	/** Its restarts, but for the one that it was made to. */
	private List<Restart> unasked(PodUnderTest pod) {
		List<Restart> restarts = new ArrayList<>(this.setup.restarts(pod));
		if (brokenFor(Kind.LIVENESS).contains(pod)) {
			restarts.stream().filter(Restart::byProbe).reduce((_, last) -> last).ifPresent(restarts::remove);
		}
		return restarts;
	}

	private List<PodUnderTest> brokenFor(Kind kind) {
		return this.broken.stream()
			.filter((some) -> some.kind() == kind)
			.flatMap((some) -> some.pods().stream())
			.toList();
	}

	/** Other pods that it happened to as well, and to which it must not. */
	private Stream<String> others(Broken some, PodUnderTest pod, List<PodUnderTest> ready) {
		if (some.kind() == Kind.READINESS) {
			return names(some.bystanders().stream(), pod);
		}
		return Stream.concat(names(ready.stream().filter((other) -> other.seen().isRestartedByProbe()), pod),
				this.setup.lab().surroundings().restartedSince(this.outside));
	}

	private static Stream<String> names(Stream<PodUnderTest> hit, PodUnderTest pod) {
		return hit.filter((other) -> !other.equals(pod) && isNotStopped(other)).map(PodUnderTest::name);
	}

	/** Says which of them are ready within the limit; the others are stopped. */
	private List<PodUnderTest> awaitReady(List<PodUnderTest> pods, Duration limit) {
		return this.setup.readiness()
			.awaitAgain(pods.stream().filter((pod) -> isNotStopped(pod) || this.unreached.contains(pod)).toList(),
					limit);
	}

	/**
	 * Does it with each; a pod with which it cannot be done is stopped alone.
	 * @return the others
	 */
	private List<PodUnderTest> each(List<PodUnderTest> pods, Consumer<PodUnderTest> action) {
		SideBySide.each(pods, (pod) -> {
			try {
				action.accept(pod);
			}
			catch (IllegalStateException ex) {
				this.unreached.add(pod);
				pod.seen().stop(ex.getMessage());
			}
		});
		return pods.stream().filter(Breaking::isNotStopped).toList();
	}

	private static boolean isNotStopped(PodUnderTest pod) {
		return !pod.seen().isStopped();
	}

}
