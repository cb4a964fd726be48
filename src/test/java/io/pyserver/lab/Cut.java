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
 * Nodes do not send to their own pods while policies are applied, as if the engine
 * treated the kubelet like any other client. A pod that starts under the policies waits
 * in an init container until it is blocked, because an engine would block it from the
 * start.
 *
 * @param nodes the nodes that do not send
 * @param orders whether this affects pods that run before the policies, pods that start
 * later, or both; both if there is a delay
 * @param delay how long after the policies this begins
 * @param end how long after the policies this ends for the pods that ran before, or null
 * if it lasts
 */
record Cut(Predicate<Node> nodes, Set<Order> orders, Duration delay, @Nullable Duration end) implements Sabotage {

	private static final String GATE = "gate";

	/** For the pods of one order on all nodes, as soon as the policies are applied. */
	static Cut everywhere(Order order) {
		return new Cut((_) -> true, Set.of(order), Duration.ZERO, null);
	}

	@Override
	public void change(Pod pod, Order order) {
		if (order == Order.POLICY_FIRST && this.orders.contains(order) && this.delay.isZero()) {
			pod.getSpec()
				.getInitContainers()
				.add(ShippedPod.beside(pod, GATE, "until [ -e /tmp/open ]; do sleep 0.1; done"));
		}
	}

	@Override
	public Runnable apply(PodGroup pods, Runnable policies) {
		Blocked blocked = new Blocked(this, pods, Set.copyOf(pods.pods().keySet()), new ConcurrentHashMap<>(),
				ConcurrentHashMap.newKeySet());
		policies.run();
		if (this.delay.isZero()) {
			blocked.block();
		}
		ScheduledExecutorService later = new ScheduledThreadPoolExecutor(1);
		if (this.orders.contains(Order.POLICY_FIRST)) {
			later.scheduleWithFixedDelay(blocked::tryToBlock, this.delay.toMillis(), 200, TimeUnit.MILLISECONDS);
		}
		if (this.end != null) {
			later.schedule(blocked::open, this.end.toMillis(), TimeUnit.MILLISECONDS);
		}
		return () -> {
			later.shutdownNow();
			blocked.open();
		};
	}

	/**
	 * The pods that are blocked.
	 *
	 * @param running the names of the pods that ran before the policies
	 * @param drops what removes the rule for each address
	 * @param started the pods whose init container has ended
	 */
	private record Blocked(Cut cut, PodGroup pods, Set<String> running, Map<String, Runnable> drops,
			Set<String> started) {

		/**
		 * A task that throws would not be repeated, and what fails now may work later.
		 */
		void tryToBlock() {
			try {
				block();
			}
			catch (RuntimeException ex) {
				System.out.println("The cut is tried again: " + LabException.oneLine(ex.getMessage()));
			}
		}

		void block() {
			this.pods.pods().forEach((name, pod) -> {
				Order order = this.running.contains(name) ? Order.POD_FIRST : Order.POLICY_FIRST;
				String address = pod.getStatus().getPodIP();
				if (!this.cut.orders().contains(order) || address == null) {
					return;
				}
				Node node = this.pods.cluster().nodeOf(pod);
				if (this.cut.nodes().test(node)) {
					this.drops.computeIfAbsent(address, (_) -> Faults.drop(node, address));
				}
				start(name, pod);
			});
		}

		private void start(String name, Pod pod) {
			boolean waits = pod.getStatus()
				.getInitContainerStatuses()
				.stream()
				.anyMatch((gate) -> gate.getState().getRunning() != null);
			if (waits && !this.started.contains(name)) {
				this.pods.shell(name, GATE).run("sh", "-c", "> /tmp/open");
				this.started.add(name);
			}
		}

		void open() {
			this.drops.keySet()
				.forEach((address) -> Optional.ofNullable(this.drops.remove(address)).ifPresent(Runnable::run));
		}

	}

}
