package io.pyserver.lab;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Cell.Order;
import io.pyserver.lab.experiment.Sabotage;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * Nodes may not send to their own pods while policies are there, as on a cluster whose
 * engine takes the kubelet for anybody else. A pod that starts under the policies waits
 * in an init container until it is cut off: an engine would be no later.
 *
 * @param nodes which nodes
 * @param running whether pods are cut off that are there when the policies come
 * @param starting whether those are that start later
 * @param delay how long after the policies it begins
 * @param end how long after the policies it ends for the pods that were there, or null
 * where it lasts
 */
record Cut(Predicate<Node> nodes, boolean running, boolean starting, Duration delay,
		@Nullable Duration end) implements Sabotage {

	private static final String GATE = "gate";

	/** On all nodes, for all pods, from the moment of the policies on. */
	static Cut everywhere() {
		return new Cut((_) -> true, true, true, Duration.ZERO, null);
	}

	Cut on(Node node) {
		return new Cut(node::equals, this.running, this.starting, this.delay, null);
	}

	Cut forRunningPodsOnly() {
		return new Cut(this.nodes, true, false, this.delay, null);
	}

	Cut forNewPodsOnly() {
		return new Cut(this.nodes, false, true, this.delay, null);
	}

	/** Not at once, and then for all pods. */
	Cut after(Duration delay) {
		return new Cut(this.nodes, true, true, delay, null);
	}

	/** Over after some time. */
	Cut until(Duration end) {
		return new Cut(this.nodes, this.running, this.starting, this.delay, end);
	}

	private boolean isGated(Order order) {
		return order == Order.POLICY_FIRST && this.starting && this.delay.isZero();
	}

	@Override
	public void change(Pod pod, Order order) {
		if (isGated(order)) {
			pod.getSpec()
				.getInitContainers()
				.add(ShippedPod.beside(pod, GATE, "until [ -e /tmp/open ]; do sleep 0.1; done"));
		}
	}

	@Override
	public Runnable apply(PodGroup pods, Runnable policies) {
		Map<String, Node.Drop> drops = new ConcurrentHashMap<>();
		Set<String> opened = ConcurrentHashMap.newKeySet();
		Map<String, Pod> there = pods.pods();
		policies.run();
		if (this.delay.isZero() && this.running) {
			there.values().forEach((pod) -> drop(pods, pod, drops));
		}
		ScheduledExecutorService later = new ScheduledThreadPoolExecutor(1);
		if (this.starting) {
			later.scheduleWithFixedDelay(
					() -> cutAll(pods, this.delay.isZero() ? there.keySet() : Set.of(), drops, opened),
					this.delay.toMillis(), 200, TimeUnit.MILLISECONDS);
		}
		if (this.end != null) {
			later.schedule(() -> close(drops), this.end.toMillis(), TimeUnit.MILLISECONDS);
		}
		return () -> {
			later.shutdownNow();
			close(drops);
		};
	}

	private static void close(Map<String, Node.Drop> drops) {
		drops.keySet().forEach((address) -> Optional.ofNullable(drops.remove(address)).ifPresent(Node.Drop::close));
	}

	/**
	 * What cannot be done now is tried again: a task that throws would be the last one.
	 */
	private void cutAll(PodGroup pods, Set<String> spared, Map<String, Node.Drop> drops, Set<String> opened) {
		try {
			pods.pods()
				.values()
				.stream()
				.filter((pod) -> !spared.contains(pod.getMetadata().getName()))
				.forEach((pod) -> dropAndOpen(pods, pod, drops, opened));
		}
		catch (RuntimeException ex) {
			System.out.println("The cut is tried again: " + LabException.oneLine(ex.getMessage()));
		}
	}

	private void dropAndOpen(PodGroup pods, Pod pod, Map<String, Node.Drop> drops, Set<String> opened) {
		drop(pods, pod, drops);
		boolean waits = pod.getStatus()
			.getInitContainerStatuses()
			.stream()
			.anyMatch((gate) -> gate.getState().getRunning() != null);
		String name = pod.getMetadata().getName();
		if (waits && pod.getStatus().getPodIP() != null && !opened.contains(name)) {
			pods.shell(name, GATE).run("sh", "-c", "> /tmp/open");
			opened.add(name);
		}
	}

	private void drop(PodGroup pods, Pod pod, Map<String, Node.Drop> drops) {
		String address = pod.getStatus().getPodIP();
		if (address == null) {
			return;
		}
		Node node = pods.cluster().nodeOf(pod);
		if (this.nodes.test(node)) {
			drops.computeIfAbsent(address, node::dropTrafficTo);
		}
	}

}
