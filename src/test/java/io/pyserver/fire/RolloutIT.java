package io.pyserver.fire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.pyserver.ThoroughTest;
import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.k3s.ClusterTest;
import io.pyserver.lab.k3s.K3sCluster;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.shipped.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pods are replaced and deleted under a constant load of new connections through the
 * Service. No request and no probe fails, and each pod that ends exits with code 0.
 */
@ThoroughTest
@ClusterTest(throwAway = true)
@Isolated("it counts every failure, and the pods of other tests use the processor")
class RolloutIT {

	private static final int REQUESTS_PER_SECOND = 500;

	/** The minimum number of requests for each change of the pods. */
	private static final long REQUESTS = Long.getLong("fire.requests", 5_000);

	/** Keeps a pod that has ended until its exit code is read. */
	private static final String FINALIZERS = "[\"io.pyserver.lab/ending\"]";

	private static final String NO_FINALIZERS = "[]";

	private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

	private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);

	@Test
	void noRequestAndNoProbeFailsWhilePodsAreReplaced(K3sCluster cluster) throws Exception {
		Workload workload = Workload.deploy(cluster, "rollout", null);
		List<Node> nodes = cluster.nodes();
		ServiceLoad load = new ServiceLoad(workload.group());
		load.start(nodes.getFirst().name(), REQUESTS_PER_SECOND);
		LoadedWorkload loaded = new LoadedWorkload(cluster.client(), workload, load);

		loaded.change("rolling update", 2, () -> workload.deployment().rolling().restart());
		loaded.change("deletion of a pod", 2, () -> loaded.pod(loaded.names().getFirst()).delete());
		String drained = nodes.getLast().name();
		loaded.change("drain of node " + drained, 2, () -> loaded.drain(drained));
		loaded.cordon(drained, false);
		loaded.change("scaling down", 1, () -> workload.deployment().scale(1));

		assertThat(workload.group().events().unhealthy().events()).as("Unhealthy events").isEmpty();
		workload.remove();
	}

	/**
	 * Changes the workload while it is under load.
	 */
	private record LoadedWorkload(KubernetesClient client, Workload workload, ServiceLoad load) {

		void change(String how, int replicas, Runnable command) {
			names().forEach((pod) -> setFinalizers(pod, FINALIZERS));
			long sent = this.load.count().sent();
			Map<String, Integer> exitCodes = new TreeMap<>();
			CompletableFuture<Void> done = CompletableFuture.runAsync(command, Thread::startVirtualThread);
			await(how + " is over").atMost(SETTLED_WITHIN).pollInterval(Duration.ofMillis(500)).until(() -> {
				if (done.isCompletedExceptionally()) {
					done.join();
				}
				List<Pod> pods = pods();
				pods.forEach((pod) -> noteEnd(pod, exitCodes));
				return done.isDone() && !exitCodes.isEmpty() && isSettled(pods, replicas)
						&& this.load.count().sent() > sent + REQUESTS;
			});
			names().forEach((pod) -> setFinalizers(pod, NO_FINALIZERS));
			assertThat(exitCodes.values()).as("exit codes after %s", how).containsOnly(0);
			ServiceLoad.Count count = this.load.count();
			assertThat(count.failed())
				.as("requests that failed by the end of %s, of %d, the last %s", how, count.sent(), count.lastFailure())
				.isZero();
		}

		/** Like kubectl, it retries an eviction that a disruption budget forbids. */
		void drain(String node) {
			cordon(node, true);
			pods().stream()
				.filter((pod) -> pod.getSpec().getNodeName().equals(node))
				.forEach((pod) -> await().atMost(SETTLED_WITHIN)
					.pollInterval(Duration.ofSeconds(5))
					.until(() -> pod(pod.getMetadata().getName()).evict()));
		}

		void cordon(String node, boolean unschedulable) {
			this.client.nodes().withName(node).patch(MERGE, "{\"spec\":{\"unschedulable\":" + unschedulable + "}}");
		}

		PodResource pod(String name) {
			return this.client.pods().inNamespace(this.workload.group().namespace()).withName(name);
		}

		List<String> names() {
			return pods().stream().map((pod) -> pod.getMetadata().getName()).toList();
		}

		private List<Pod> pods() {
			return this.workload.group()
				.pods()
				.values()
				.stream()
				.filter((pod) -> "pyserver".equals(pod.getMetadata().getLabels().get("app")))
				.toList();
		}

		private static boolean isSettled(List<Pod> pods, int replicas) {
			return pods.size() == replicas
					&& pods.stream().allMatch((pod) -> ContainerUnderTest.isReady(pod) && !isTerminating(pod));
		}

		private static boolean isTerminating(Pod pod) {
			return pod.getMetadata().getDeletionTimestamp() != null;
		}

		private void noteEnd(Pod pod, Map<String, Integer> exitCodes) {
			String name = pod.getMetadata().getName();
			ContainerUnderTest.status(pod)
				.map((status) -> status.getState().getTerminated())
				.filter((end) -> isTerminating(pod) && exitCodes.put(name, end.getExitCode()) == null)
				.ifPresent((_) -> setFinalizers(name, NO_FINALIZERS));
		}

		/** A merge patch also succeeds after the kubelet has changed the pod. */
		private void setFinalizers(String name, String finalizers) {
			pod(name).patch(MERGE, "{\"metadata\":{\"finalizers\":" + finalizers + "}}");
		}

	}

}
