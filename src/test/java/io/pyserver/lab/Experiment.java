package io.pyserver.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
	 * Engines need 0.1 to 2 seconds to enforce or to forget a policy; a busy machine adds
	 * to that.
	 */
	private static final Duration SETTLES_WITHIN = Duration.ofSeconds(20);

	/**
	 * Enough for the probes that are asked for, or for three failures in a row and a
	 * restart.
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
	 * Deploys the workload, and the same once more in a namespace that stays without
	 * policies.
	 */
	static Experiment on(Cluster cluster) {
		return new Experiment(cluster, Workload.deploy(cluster, new Overlay("pyserver", cluster.image(), PERIOD)),
				Workload.deploy(cluster, new Overlay("outside", cluster.image(), PERIOD)));
	}

	Experiment disturbedBy(Disturbance disturbance) {
		this.disturbance = disturbance;
		return this;
	}

	Evidence run() {
		Controls controls = new Controls(this.cluster, this.workload, this.outside);
		Map<String, PodHealth> healthBefore = this.workload.pods()
			.stream()
			.collect(Collectors.toMap(Pod::name, this.workload::health));
		Reachability before = settle(controls, Reachability::open);
		Reachability during;
		List<PodEvidence> pods = List.of();
		this.policies.apply();
		try {
			during = settle(controls, Reachability::denied);
			if (during.denied()) {
				pods = watch(healthBefore);
				during = controls.measure();
			}
		}
		finally {
			this.policies.remove();
		}
		this.workload.awaitReady();
		return new Evidence(before, during, pods, settle(controls, Reachability::open));
	}

	private List<PodEvidence> watch(Map<String, PodHealth> healthBefore) {
		List<Pod> pods = this.workload.pods();
		Map<String, Instant> enforced = pods.stream().collect(Collectors.toMap(Pod::name, this.workload::lastRequest));
		Function<Pod, PodEvidence> look = (pod) -> look(pod, healthBefore.get(pod.name()), enforced.get(pod.name()));
		try (Disturbance.Ongoing _ = this.disturbance.start(pods.getFirst())) {
			awaitAtMost(WATCH, () -> this.workload.pods().stream().map(look).allMatch(PodEvidence::conclusive));
			return this.workload.pods().stream().map(look).toList();
		}
	}

	private PodEvidence look(Pod pod, PodHealth before, Instant enforced) {
		Node ownNode = this.cluster.nodeOf(pod);
		List<LogLine> probes = this.workload.accessLog(pod)
			.stream()
			.filter((line) -> line.isLiveness() && line.time().isAfter(enforced))
			.toList();
		return new PodEvidence(pod, ownNode.addresses(), probes, ownNode.fetch(pod.url()),
				this.workload.health(pod).since(before));
	}

	private static Reachability settle(Controls controls, Predicate<Reachability> expected) {
		AtomicReference<Reachability> latest = new AtomicReference<>();
		awaitAtMost(SETTLES_WITHIN, () -> {
			latest.set(controls.measure());
			return expected.test(latest.get());
		});
		return latest.get();
	}

	/**
	 * Waits for a condition; where it never comes, what was seen last is the evidence.
	 */
	private static void awaitAtMost(Duration limit, Callable<Boolean> condition) {
		try {
			await().atMost(limit).until(condition);
		}
		catch (ConditionTimeoutException ex) {
			// Not a failure of the experiment, but its result.
		}
	}

}
