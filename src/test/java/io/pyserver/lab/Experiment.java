package io.pyserver.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * The lesson, once: deploy, measure what is open, deny everything, watch, allow again.
 */
final class Experiment {

	static final Duration PERIOD = Duration.ofSeconds(2);

	/**
	 * Engines need 0.1 to 2 seconds to enforce a policy or to forget it; a busy machine
	 * adds to that.
	 */
	private static final Duration SETTLES_WITHIN = Duration.ofSeconds(20);

	/**
	 * A failed probe takes up to a period to be noticed, and three in a row to restart
	 * the container.
	 */
	private static final Duration WATCH = PERIOD.multipliedBy(Evidence.ENOUGH_PROBES * 3L);

	private final Cluster cluster;

	private final Workload workload;

	private final Workload outside;

	private final Policies policies;

	private Disturbance disturbance = Disturbance.NONE;

	private Experiment(Cluster cluster, Workload workload, Workload outside) {
		this.cluster = cluster;
		this.workload = workload;
		this.outside = outside;
		this.policies = new Policies(cluster.kubectl(), workload.namespace());
	}

	/**
	 * Deploys the workload in its own namespace, and the same once more in one that stays
	 * without policies.
	 */
	static Experiment on(Cluster cluster) {
		Overlay overlay = new Overlay("pyserver", cluster.image(), PERIOD);
		Overlay outside = new Overlay("outside", cluster.image(), PERIOD);
		return new Experiment(cluster, Workload.deploy(cluster, overlay), Workload.deploy(cluster, outside));
	}

	Experiment disturbedBy(Disturbance disturbance) {
		this.disturbance = disturbance;
		return this;
	}

	Workload workload() {
		return this.workload;
	}

	Evidence run() {
		Controls controls = new Controls(this.cluster, this.workload, this.outside);
		Map<String, Watch> watches = this.workload.pods()
			.stream()
			.collect(Collectors.toMap(Pod::name, (pod) -> new Watch(pod, this.workload.unhealthy(pod))));
		Reachability before = settle(controls, Reachability::open);
		this.policies.apply();
		Reachability during;
		List<PodEvidence> pods = List.of();
		try {
			during = settle(controls, Reachability::denied);
			if (during.denied()) {
				pods = watch(watches);
				during = controls.measure();
			}
		}
		finally {
			this.policies.remove();
		}
		this.workload.awaitReady();
		return new Evidence(before, during, pods, settle(controls, Reachability::open));
	}

	/**
	 * Measures until the controls show what is expected, or cannot be expected to any
	 * more.
	 */
	private static Reachability settle(Controls controls, Predicate<Reachability> expected) {
		AtomicReference<Reachability> latest = new AtomicReference<>();
		try {
			await().atMost(SETTLES_WITHIN).until(() -> {
				latest.set(controls.measure());
				return expected.test(latest.get());
			});
		}
		catch (ConditionTimeoutException ex) {
			// What was measured last speaks for itself.
		}
		return latest.get();
	}

	private List<PodEvidence> watch(Map<String, Watch> watches) {
		List<Pod> pods = this.workload.pods();
		Map<String, Instant> enforced = pods.stream().collect(Collectors.toMap(Pod::name, this.workload::lastRequest));
		Function<Pod, PodEvidence> look = (pod) -> watches.get(pod.name()).look(pod, enforced.get(pod.name()));
		try (Disturbance.Ongoing _ = this.disturbance.start(pods.getFirst())) {
			await().atMost(WATCH)
				.pollInterval(PERIOD)
				.until(() -> this.workload.pods().stream().map(look).allMatch(PodEvidence::conclusive));
		}
		catch (ConditionTimeoutException ex) {
			// Too few probes, and no restart either: the evidence says so.
		}
		return this.workload.pods().stream().map(look).toList();
	}

	/** One pod, as it was before the policies. */
	private final class Watch {

		private final Pod before;

		private final int unhealthyBefore;

		Watch(Pod before, int unhealthyBefore) {
			this.before = before;
			this.unhealthyBefore = unhealthyBefore;
		}

		PodEvidence look(Pod now, Instant enforced) {
			Node ownNode = Experiment.this.cluster.nodeOf(now);
			List<LogLine> probes = Experiment.this.workload.accessLog(now)
				.stream()
				.filter((line) -> line.isLiveness() && line.time().isAfter(enforced))
				.toList();
			return new PodEvidence(now, ownNode.addresses(), probes, ownNode.fetch(now.url()),
					now.restarts() - this.before.restarts(),
					Experiment.this.workload.unhealthy(now) - this.unhealthyBefore);
		}

	}

}
