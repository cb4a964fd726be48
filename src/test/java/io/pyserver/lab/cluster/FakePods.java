package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.dsl.PodResource;
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
		accept("", (_) -> {
		});
		for (String name : names) {
			accept("/pods/" + name, (pod) -> applied.put(name, Serialization.unmarshal(pod, Pod.class)));
		}
		return applied;
	}

	private void accept(String path, Consumer<String> applied) {
		String object = "/api/v1/namespaces/" + this.group.namespace() + path;
		String query = "?fieldManager=pyserver-lab&force=true";
		this.cluster.server().expect().patch().withPath(object + query).andReply(200, (request) -> {
			applied.accept(request.getUtf8Body());
			return request.getUtf8Body();
		}).always();
	}

	/** Creates a pod on the first node, whose container has not started. */
	public Pod create(String name) {
		Pod pod = new Sleeper(this.group).companion(name, "one");
		pod.getSpec().setNodeName("one");
		pod.setStatus(Serialization.unmarshal("""
				phase: Running
				startTime: "2026-11-25T12:00:00Z"
				podIP: 10.42.0.9
				""", PodStatus.class));
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
				(container) -> running(container, true, restarts).withLastState(Serialization.unmarshal(
						"terminated: {reason: %s, exitCode: 137, finishedAt: '2026-11-25T12:00:00Z'}".formatted(reason),
						ContainerState.class)),
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
		ContainerStatusBuilder container = new ContainerStatusBuilder().withName(ContainerUnderTest.NAME);
		resource(name).editStatus((pod) -> {
			pod.getStatus().setContainerStatuses(List.of(status.apply(container).build()));
			return pod;
		});
		await().until(() -> seen.test(PodState.of(this.group.pod(name), Instant.now())));
	}

	private PodResource resource(String name) {
		return this.cluster.client().pods().inNamespace(this.group.namespace()).withName(name);
	}

	public void delete(String name) {
		resource(name).delete();
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
			.resource(Serialization.unmarshal("""
					metadata: {name: %1$s.%2$x, namespace: %3$s}
					involvedObject: {name: %1$s, fieldPath: "spec.containers{%4$s}"}
					reason: Unhealthy
					message: "%5$s"
					count: %6$d
					""".formatted(name, message.hashCode(), this.group.namespace(), ContainerUnderTest.NAME, message,
					times), Event.class))
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
		readingItsLogGives(name, 200, lines);
	}

	/** The kubelet gives this answer to a request for the log of the container. */
	void readingItsLogGives(String name, int status, Object answer) {
		this.cluster.answer("/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true&previous=false"
			.formatted(this.group.namespace(), name, ContainerUnderTest.NAME), status, answer);
	}

}
