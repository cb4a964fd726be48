package io.pyserver.lab.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.LogLine;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Pod;
import io.pyserver.lab.controls.Surroundings;
import io.pyserver.lab.evidence.Policy;
import io.pyserver.lab.shipped.Overlay;
import io.pyserver.lab.shipped.PodHealth;
import io.pyserver.lab.shipped.Policies;
import io.pyserver.lab.shipped.Workload;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * The lesson, once: deploy, measure what is open, deny everything, watch, allow again.
 */
public final class Experiment implements AutoCloseable {

	/**
	 * Engines need 0.1 to 2 seconds to enforce or to forget a policy; a busy machine adds
	 * to that.
	 */
	private static final Duration SETTLES_WITHIN = Duration.ofSeconds(30);

	/**
	 * Ends as soon as the evidence is conclusive; a container has 30 seconds of grace
	 * before it is restarted.
	 */
	private static final Duration WATCH_AT_MOST = Duration.ofMinutes(2);

	private final Cluster cluster;

	private final Surroundings surroundings;

	private final Workload workload;

	private final Policies policies;

	private final Controls controls;

	private Experiment(Cluster cluster, Surroundings surroundings, Workload workload) {
		this.cluster = cluster;
		this.surroundings = surroundings;
		this.workload = workload;
		this.policies = new Policies(cluster.kubectl(), workload.namespace());
		this.controls = new Controls(surroundings, workload);
	}

	/**
	 * Deploys the workload.
	 * @param surroundings what stays without policies
	 * @param purpose what its namespace is for, which is part of the name
	 */
	public static Experiment on(Cluster cluster, Surroundings surroundings, String purpose) {
		return new Experiment(cluster, surroundings,
				Workload.deploy(cluster, new Overlay(cluster.namespaces().name(purpose), cluster, Evidence.PERIOD)));
	}

	public Evidence run() {
		Reachability before = settleOpen();
		List<PodEvidence> podsBefore = awaitFirstProbes();
		Reachability during;
		List<PodEvidence> pods = List.of();
		try {
			this.policies.apply();
			during = settleDenied();
			if (during.denied()) {
				pods = watch(podsBefore);
				during = underPolicies();
			}
		}
		finally {
			this.policies.remove();
		}
		this.workload.awaitReady();
		return new Evidence(before, podsBefore, during, pods, settleOpen());
	}

	/** Without a probe from its own node before, a pod cannot show that they go on. */
	private List<PodEvidence> awaitFirstProbes() {
		return await("every pod is probed from its own node").atMost(SETTLES_WITHIN)
			.until(this::lookFromTheStart, (pods) -> pods.stream().allMatch((pod) -> pod.answeredFromOwnNode() > 0));
	}

	private List<PodEvidence> lookFromTheStart() {
		return this.workload.pods().stream().map((pod) -> look(pod, this.workload.health(pod), Instant.EPOCH)).toList();
	}

	private List<PodEvidence> watch(List<PodEvidence> podsBefore) {
		Map<String, PodHealth> healthBefore = podsBefore.stream()
			.map(PodEvidence::pod)
			.collect(Collectors.toMap(Pod::name, this.workload::health));
		List<Pod> pods = this.workload.pods();
		Map<String, Instant> enforced = pods.stream().collect(Collectors.toMap(Pod::name, this.workload::lastRequest));
		Function<Pod, PodEvidence> look = (pod) -> look(pod, healthBefore.get(pod.name()), enforced.get(pod.name()));
		Condition.holdsWithin(WATCH_AT_MOST, Evidence.WATCHED,
				() -> this.workload.pods().stream().map(look).allMatch(PodEvidence::conclusive));
		return this.workload.pods().stream().map(look).toList();
	}

	private PodEvidence look(Pod pod, PodHealth before, Instant since) {
		Node ownNode = this.cluster.nodeOf(pod);
		List<LogLine> probes = this.workload.accessLog(pod)
			.stream()
			.filter((line) -> line.isLiveness() && line.time().isAfter(since))
			.toList();
		return new PodEvidence(pod, since, this.surroundings.addressesOf(pod.node()), probes, ownNode.fetch(pod.url()),
				this.workload.health(pod).since(before));
	}

	private Reachability settleOpen() {
		return settle(() -> this.controls.measure((_) -> true), Reachability::open);
	}

	private Reachability settleDenied() {
		return settle(this::underPolicies, Reachability::denied);
	}

	private Reachability underPolicies() {
		return this.controls.measure((control) -> control.openUnder(Policy.DENY_BOTH));
	}

	/** Where it never is as expected, what was seen last is the evidence. */
	private static Reachability settle(Supplier<Reachability> measured, Predicate<Reachability> expected) {
		AtomicReference<@Nullable Reachability> latest = new AtomicReference<>();
		Condition.holdsWithin(SETTLES_WITHIN, () -> {
			Reachability found = measured.get();
			latest.set(found);
			return expected.test(found);
		});
		Reachability found = latest.get();
		return (found != null) ? found : measured.get();
	}

	@Override
	public void close() {
		this.workload.remove();
	}

}
