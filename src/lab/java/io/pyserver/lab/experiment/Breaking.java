package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodState;
import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.evidence.Observation.Causality;
import io.pyserver.lab.evidence.Observation.Restart;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Observation.Mark.What;

/**
 * Breaks probes on purpose, to show that the kubelets act on exactly these probes. It
 * breaks readiness first and then liveness, each in one half of the pods and then in the
 * other half. The half that is not broken shows that no other pod is affected. Effects on
 * other pods may come late, so the lab counts them at the end of the experiment.
 */
final class Breaking {

	private final Setup setup;

	private final List<PodUnderTest> pods;

	private final List<Step> steps;

	private final Map<String, Integer> restartsOutside;

	private final Instant begun = Instant.now();

	/** Pods in which a command failed. Their kubelets may be restarting them. */
	private final Set<PodUnderTest> unreached = ConcurrentHashMap.newKeySet();

	/** Plans the steps. Startup probes run again only after liveness was broken. */
	Breaking(Setup setup) {
		this.setup = setup;
		this.pods = setup.well();
		this.restartsOutside = setup.lab().surroundings().group().restarts();
		var halves = this.pods.stream().collect(Collectors.partitioningBy((pod) -> this.pods.indexOf(pod) % 2 == 1));
		this.steps = Stream.of(Kind.READINESS, Kind.LIVENESS)
			.filter((kind) -> setup.asksFor(kind) || (kind == Kind.LIVENESS && setup.asksFor(Kind.STARTUP)))
			.flatMap((kind) -> Stream.of(new Step(kind, halves.get(true)), new Step(kind, halves.get(false))))
			.toList();
	}

	/** Takes all steps. One half recovers while the other half is broken. */
	void run() {
		for (int i = 0; i < this.steps.size(); i++) {
			this.steps.get(i).breakProbes();
			if (i > 0) {
				this.steps.get(i - 1).awaitRecovery();
			}
			this.steps.get(i).awaitEffect();
		}
		this.steps.getLast().awaitRecovery();
		awaitReady(this.pods, this.setup.settings().ready());
		if (this.setup.asksFor(Kind.STARTUP)) {
			Condition.holdsWithin(Limits.ALL.late(), () -> {
				this.setup.recorder().readNow();
				return running(livenessBroken()).stream().allMatch(this::startupSucceeded);
			});
			livenessBroken().forEach((pod) -> pod.seen().broken(Kind.STARTUP, startup(pod)));
		}
	}

	private boolean startupSucceeded(PodUnderTest pod) {
		return pod.probes(Kind.STARTUP).since(this.begun).successful() > 0;
	}

	private Causality startup(PodUnderTest pod) {
		return new Causality("the container was made to start again",
				"its startup probe came, and the pod became ready", isNotGivenUp(pod) && startupSucceeded(pod),
				List.of(), List.of());
	}

	/**
	 * Records at the end of the experiment which pods are ready again, which pods
	 * restarted although the lab did not break them, and which other pods were affected.
	 */
	void conclude() {
		List<PodUnderTest> ready = awaitReady(this.pods, this.setup.settings().ready());
		for (PodUnderTest pod : ready) {
			List<Restart> restarts = new ArrayList<>(pod.restarts());
			if (livenessBroken().contains(pod)) {
				restarts.stream().filter(Restart::byProbe).reduce((_, last) -> last).ifPresent(restarts::remove);
			}
			pod.seen().restarted(restarts);
		}
		this.steps.forEach((step) -> step.conclude(ready));
	}

	private List<PodUnderTest> livenessBroken() {
		return this.steps.stream()
			.filter((step) -> step.kind == Kind.LIVENESS)
			.flatMap((step) -> step.broken.stream())
			.toList();
	}

	/** The names of the pods of the surroundings that restarted. None should. */
	private Stream<String> restartedOutside() {
		Map<String, Integer> now = this.setup.lab().surroundings().group().restarts();
		return now.keySet().stream().filter((pod) -> now.get(pod) > this.restartsOutside.getOrDefault(pod, 0));
	}

	/** Returns the pods that are ready within the limit, and gives the others up. */
	private List<PodUnderTest> awaitReady(List<PodUnderTest> pods, Duration limit) {
		return this.setup.readiness()
			.awaitAgain(pods.stream().filter((pod) -> isNotGivenUp(pod) || this.unreached.contains(pod)).toList(),
					limit);
	}

	/** Runs a command in each pod, and gives up the pods in which it fails. */
	private List<PodUnderTest> runInEach(List<PodUnderTest> pods, Consumer<PodUnderTest> action) {
		SideBySide.each(pods, (pod) -> {
			try {
				action.accept(pod);
			}
			catch (IllegalStateException ex) {
				this.unreached.add(pod);
				pod.seen().giveUp(ex.getMessage());
			}
		});
		return running(pods);
	}

	private static List<PodUnderTest> running(List<PodUnderTest> pods) {
		return pods.stream().filter(Breaking::isNotGivenUp).toList();
	}

	private static boolean isNotGivenUp(PodUnderTest pod) {
		return !pod.seen().isGivenUp();
	}

	/** Breaks one kind of probe of one half of the pods. */
	private final class Step {

		private final Kind kind;

		private final List<PodUnderTest> half;

		/** The first state of each broken pod that shows the effect. */
		private final Map<PodUnderTest, PodState> noticed = new HashMap<>();

		/** Other pods that were unready at the same time. */
		private final List<PodUnderTest> bystanders = new ArrayList<>();

		private List<PodUnderTest> broken = List.of();

		private Map<String, Integer> restarts = Map.of();

		private Instant at = Instant.MAX;

		private Step(Kind kind, List<PodUnderTest> half) {
			this.kind = kind;
			this.half = half;
		}

		private void breakProbes() {
			this.at = Instant.now();
			this.restarts = Breaking.this.setup.group().restarts();
			this.broken = runInEach(running(this.half), (pod) -> {
				pod.operatorEndpoints().breakProbe(this.kind);
				pod.seen().mark(What.BROKEN, Instant.now());
			});
		}

		/**
		 * Waits until the kubelets have acted on the failed probes. A restart repairs
		 * liveness. This method repairs readiness.
		 */
		private void awaitEffect() {
			Condition.holdsWithin(Breaking.this.setup.noticedWithin(), () -> {
				this.broken.forEach(this::lookForEffect);
				return this.noticed.size() == this.broken.size();
			});
			if (this.kind == Kind.LIVENESS) {
				this.noticed.forEach((pod, restarted) -> pod.seen().mark(What.RESTARTED, restarted.since()));
			}
			else {
				recordBystanders();
				runInEach(this.broken, (pod) -> pod.operatorEndpoints().repairProbe(Kind.READINESS));
			}
		}

		/** Looks for the effect in all states since the break, because it may be over. */
		private void lookForEffect(PodUnderTest pod) {
			List<PodState> states = pod.states();
			int before = this.restarts.getOrDefault(pod.name(), 0);
			states.stream()
				.filter((state) -> state.since().isAfter(this.at) || state == states.getLast())
				.filter((state) -> (this.kind == Kind.LIVENESS) ? state.restarts() > before : !state.ready())
				.findFirst()
				.ifPresent((state) -> this.noticed.putIfAbsent(pod, state));
		}

		private void recordBystanders() {
			for (PodUnderTest other : running(Breaking.this.pods)) {
				try {
					if (!this.broken.contains(other)
							&& !ContainerUnderTest.isReady(Breaking.this.setup.group().pod(other.name()))) {
						this.bystanders.add(other);
					}
				}
				catch (IllegalStateException ex) {
					other.seen().giveUp(ex.getMessage());
				}
			}
		}

		private void awaitRecovery() {
			if (this.kind == Kind.READINESS) {
				this.noticed.keySet().retainAll(awaitReady(this.broken, Breaking.this.setup.noticedWithin()));
			}
		}

		private void conclude(List<PodUnderTest> ready) {
			boolean restart = this.kind == Kind.LIVENESS;
			List<PodUnderTest> affected = restart
					? ready.stream().filter((pod) -> pod.seen().isRestartedByProbe()).toList() : this.bystanders;
			String expected = restart ? "this container was started again and no other"
					: "the pod was unready until it was put right";
			List<String> outside = restart ? restartedOutside().toList() : List.of();
			for (PodUnderTest pod : this.broken) {
				Stream<String> others = running(affected).stream()
					.filter((other) -> !other.equals(pod))
					.map(PodUnderTest::name);
				pod.seen()
					.broken(this.kind,
							new Causality(this.kind.label() + " was broken", expected, this.noticed.containsKey(pod),
									Stream.concat(others, outside.stream()).sorted().toList(),
									pod.events().since(this.at).unhealthyOrKilling().messages()));
			}
		}

	}

}
