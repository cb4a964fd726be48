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
 * Pods come and go under a constant load of new connections through the Service. Nobody
 * notices: no request fails, no probe, and who has to go goes as a success.
 */
@ThoroughTest
@ClusterTest(throwAway = true)
@Isolated("it counts failures of everything, and others' pods take the processor")
class RolloutIT {

	private static final int REQUESTS_PER_SECOND = 500;

	/** For each way in which pods come and go. */
	private static final long REQUESTS = Long.getLong("fire.requests", 5_000);

	/** Keeps a pod that has ended in sight, until its exit code is read. */
	private static final String FINALIZERS = "[\"io.pyserver.lab/ending\"]";

	private static final String NO_FINALIZERS = "[]";

	private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

	private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);

	@Test
	void nothingIsLostWhilePodsComeAndGo(K3sCluster cluster) throws Exception {
		Workload workload = Workload.deploy(cluster, "rollout", null);
		List<Node> nodes = cluster.nodes();
		ServiceLoad load = new ServiceLoad(workload.group());
		load.start(nodes.getFirst().name(), REQUESTS_PER_SECOND);
		Coming coming = new Coming(cluster.client(), workload, load);

		coming.andGoing("rolling update", 2, () -> workload.deployment().rolling().restart());
		coming.andGoing("deletion of a pod", 2, () -> coming.pod(coming.names().getFirst()).delete());
		String drained = nodes.getLast().name();
		coming.andGoing("drain of node " + drained, 2, () -> coming.drain(drained));
		coming.cordon(drained, false);
		coming.andGoing("scaling down", 1, () -> workload.deployment().scale(1));

		assertThat(workload.group().events().unhealthy().events()).as("Unhealthy events").isEmpty();
		workload.remove();
	}

	/**
	 * What is done to the workload while it is under load.
	 */
	private record Coming(KubernetesClient client, Workload workload, ServiceLoad load) {

		void andGoing(String how, int replicas, Runnable command) {
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

		/** As kubectl does it: what a disruption budget forbids is tried again. */
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
					&& pods.stream().allMatch((pod) -> ContainerUnderTest.isReady(pod) && !isGoing(pod));
		}

		private static boolean isGoing(Pod pod) {
			return pod.getMetadata().getDeletionTimestamp() != null;
		}

		private void noteEnd(Pod pod, Map<String, Integer> exitCodes) {
			String name = pod.getMetadata().getName();
			ContainerUnderTest.status(pod)
				.map((status) -> status.getState().getTerminated())
				.filter((end) -> isGoing(pod) && exitCodes.put(name, end.getExitCode()) == null)
				.ifPresent((_) -> setFinalizers(name, NO_FINALIZERS));
		}

		/** Whatever the kubelet has written to the pod meanwhile. */
		private void setFinalizers(String name, String finalizers) {
			pod(name).patch(MERGE, "{\"metadata\":{\"finalizers\":" + finalizers + "}}");
		}

	}

}
