package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

import io.pyserver.lab.evidence.Cell.Kind;

import static org.awaitility.Awaitility.await;

/**
 * Pods of a fake cluster. A test sets their state; each method waits until the lab has
 * seen the change.
 *
 * @param group the namespace of the pods
 */
public record FakePods(FakeCluster cluster, PodGroup group) {

	/**
	 * Makes the API server accept the namespace and these pods, and create none of them.
	 * @return the pods that were applied so far, by name
	 */
	public Map<String, Pod> accept(String... names) {
		Map<String, Pod> applied = new ConcurrentHashMap<>();
		String namespace = "/api/v1/namespaces/" + this.group.namespace();
		accept(namespace, new ConcurrentHashMap<>());
		for (String name : names) {
			accept(namespace + "/pods/" + name, applied);
		}
		return applied;
	}

	private void accept(String path, Map<String, Pod> applied) {
		this.cluster.server()
			.expect()
			.patch()
			.withPath(path + "?fieldManager=pyserver-lab&force=true")
			.andReply(200, (request) -> {
				if (path.contains("/pods/")) {
					Pod pod = Serialization.unmarshal(request.getUtf8Body(), Pod.class);
					applied.put(pod.getMetadata().getName(), pod);
				}
				return request.getUtf8Body();
			})
			.always();
	}

	/** Creates a pod on the first node, whose container has not started. */
	public Pod create(String name) {
		Pod pod = new PodBuilder(new Sleeper(this.group).companion(name, "one")).editSpec()
			.withNodeName("one")
			.endSpec()
			.withNewStatus()
			.withPhase("Running")
			.withStartTime("2026-11-25T12:00:00Z")
			.withPodIP("10.42.0.9")
			.endStatus()
			.build();
		Pod created = this.cluster.client().resource(pod).create();
		await().until(() -> this.group.pods().containsKey(name));
		return created;
	}

	/** The container runs. */
	public void become(String name, boolean ready, int restarts) {
		become(name, (container) -> running(container, ready, restarts),
				(state) -> state.running() && state.ready() == ready && state.restarts() == restarts);
	}

	/** The container runs and is ready, after another one that ended for a reason. */
	public void restartAfter(String name, String reason, int restarts) {
		become(name,
				(container) -> running(container, true, restarts).withNewLastState()
					.withNewTerminated()
					.withReason(reason)
					.withExitCode(137)
					.withFinishedAt("2026-11-25T12:00:00Z")
					.endTerminated()
					.endLastState(),
				(state) -> state.restarts() == restarts);
	}

	private static ContainerStatusBuilder running(ContainerStatusBuilder container, boolean ready, int restarts) {
		return container.withReady(ready)
			.withRestartCount(restarts)
			.withNewState()
			.withNewRunning("running")
			.endState();
	}

	/** The container waits for a reason. */
	public void waitFor(String name, String reason, String message) {
		become(name, (container) -> container.withNewState().withNewWaiting(message, reason).endState(),
				(state) -> !state.running());
	}

	private void become(String name, UnaryOperator<ContainerStatusBuilder> status, Predicate<PodState> seen) {
		this.cluster.client()
			.pods()
			.inNamespace(this.group.namespace())
			.withName(name)
			.editStatus((pod) -> new PodBuilder(pod).editStatus()
				.withContainerStatuses(
						status.apply(new ContainerStatusBuilder().withName(ContainerUnderTest.NAME)).build())
				.endStatus()
				.build());
		await().until(() -> seen.test(PodState.of(this.group.pod(name), Instant.now())));
	}

	public void delete(String name) {
		this.cluster.client().pods().inNamespace(this.group.namespace()).withName(name).delete();
		await().until(() -> !this.group.pods().containsKey(name));
	}

	/** The kubelet has counted so many probes of a kind. */
	public void count(String name, Kind kind, String result, long count) {
		count(name, kind, result, () -> count);
	}

	/** The kubelet counts whenever it is asked. */
	public void count(String name, Kind kind, String result, LongSupplier count) {
		this.cluster.probes()
			.put("prober_probe_total{container=\"%s\",namespace=\"%s\",pod=\"%s\",pod_uid=\"1\",probe_type=\"%s\",result=\"%s\"}"
				.formatted(ContainerUnderTest.NAME, this.group.namespace(), name, kind, result), count);
	}

	/** The kubelet counts one more each second. */
	public void countEachSecond(String name, Kind kind, String result) {
		long begun = System.nanoTime();
		count(name, kind, result, () -> (System.nanoTime() - begun) / 1_000_000_000);
	}

	/** The kubelet has reported so many failed probes with the same message. */
	public void complain(String name, String message, int times) {
		this.cluster.client()
			.resource(new EventBuilder().withNewMetadata()
				.withName(name + "." + Integer.toHexString(message.hashCode()))
				.withNamespace(this.group.namespace())
				.endMetadata()
				.withNewInvolvedObject()
				.withName(name)
				.withFieldPath("spec.containers{" + ContainerUnderTest.NAME + "}")
				.endInvolvedObject()
				.withReason("Unhealthy")
				.withMessage(message)
				.withCount(times)
				.build())
			.create();
		await().until(() -> this.group.events()
			.of(name)
			.with((event) -> event.message().equals(message) && event.count() == times)
			.count() > 0);
	}

	/** The API server has forgotten the events of the namespace. */
	public void expireEvents() {
		this.cluster.client().v1().events().inNamespace(this.group.namespace()).delete();
	}

	/** The container has printed these lines. */
	public void print(String name, String lines) {
		this.cluster.server()
			.expect()
			.get()
			.withPath("/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true&previous=false"
				.formatted(this.group.namespace(), name, ContainerUnderTest.NAME))
			.andReturn(200, lines)
			.always();
	}

}
