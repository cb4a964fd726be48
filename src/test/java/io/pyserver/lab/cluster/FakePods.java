package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.awaitility.Awaitility;

import io.pyserver.lab.evidence.Cell.Kind;

/**
 * Pods of a fake cluster, which become what a test says.
 *
 * @param group where they are
 */
public record FakePods(KubernetesMockServer server, PodGroup group) {

	private static final String RUNNING = "running";

	/**
	 * Lets its namespace and some pods be applied, which become nothing by that alone.
	 * @return those that were applied so far, by name
	 */
	public Map<String, Pod> accept(String... names) {
		Map<String, Pod> applied = new ConcurrentHashMap<>();
		String namespace = "/api/v1/namespaces/" + this.group.namespace();
		accept(namespace, (_) -> {
		});
		for (String name : names) {
			accept(namespace + "/pods/" + name,
					(manifest) -> applied.put(name, Serialization.unmarshal(manifest, Pod.class)));
		}
		return applied;
	}

	private void accept(String path, Consumer<String> applied) {
		this.server.expect()
			.patch()
			.withPath(path + "?fieldManager=pyserver-lab&force=true")
			.andReply(200, (request) -> {
				applied.accept(request.getUtf8Body());
				return request.getUtf8Body();
			})
			.always();
	}

	/** Creates one on the first node that was not started yet. */
	public Pod create(String name) {
		Pod pod = new PodBuilder(new Sleeper(this.group.cluster(), this.group.namespace()).companion(name, "one"))
			.editSpec()
			.withNodeName("one")
			.endSpec()
			.withNewStatus()
			.withPhase("Running")
			.withStartTime("2026-11-25T12:00:00Z")
			.withPodIP("10.42.0.9")
			.endStatus()
			.build();
		Pod created = this.group.cluster().client().resource(pod).create();
		Awaitility.await().until(() -> this.group.pods().containsKey(name));
		return created;
	}

	/** It runs from now on, and has been started so often again. */
	public void become(String name, boolean ready, int restarts) {
		edit(name, (container) -> run(container, ready, restarts));
		await(name, (state) -> state.running() && state.ready() == ready && state.restarts() == restarts);
	}

	/** It was started again, as the container before it had ended so. */
	public void restartAfter(String name, String reason, int restarts) {
		edit(name,
				(container) -> run(container, true, restarts).withNewLastState()
					.withNewTerminated()
					.withReason(reason)
					.withExitCode(137)
					.withFinishedAt("2026-11-25T12:00:00Z")
					.endTerminated()
					.endLastState());
		await(name, (state) -> state.restarts() == restarts);
	}

	private static ContainerStatusBuilder run(ContainerStatusBuilder container, boolean ready, int restarts) {
		return container.withReady(ready).withRestartCount(restarts).withNewState().withNewRunning(RUNNING).endState();
	}

	/** It waits for something that will not come. */
	public void waitFor(String name, String reason, String message) {
		edit(name, (container) -> container.withNewState().withNewWaiting(message, reason).endState());
		await(name, (state) -> !state.running());
	}

	/** Waits until it is seen to be so, which its states say before. */
	private void await(String name, Predicate<PodState> condition) {
		Awaitility.await().until(() -> condition.test(PodState.of(this.group.pod(name), Instant.now())));
	}

	/** It is gone from now on. */
	public void delete(String name) {
		this.group.cluster().client().pods().inNamespace(this.group.namespace()).withName(name).delete();
		Awaitility.await().until(() -> !this.group.pods().containsKey(name));
	}

	private void edit(String name, Consumer<ContainerStatusBuilder> change) {
		ContainerStatusBuilder container = new ContainerStatusBuilder().withName(UnderTest.CONTAINER);
		change.accept(container);
		this.group.cluster()
			.client()
			.pods()
			.inNamespace(this.group.namespace())
			.withName(name)
			.editStatus((pod) -> new PodBuilder(pod).editStatus()
				.withContainerStatuses(List.of(container.build()))
				.endStatus()
				.build());
	}

	/** Its kubelet counts so many probes of a kind from now on. */
	public void count(String name, Kind kind, String result, long count) {
		count(name, kind, result, () -> count);
	}

	/** Its kubelet counts whenever it is asked. */
	public void count(String name, Kind kind, String result, LongSupplier count) {
		((FakeCluster) this.group.cluster()).kubelets().count(this.group.namespace(), name, kind, result, count);
	}

	/** Its kubelet counts one more each second from now on. */
	public void countEachSecond(String name, Kind kind, String result) {
		long begun = System.nanoTime();
		count(name, kind, result, () -> (System.nanoTime() - begun) / 1_000_000_000);
	}

	/** Its kubelet complains of failed probes, so often with the same words. */
	public void complain(String name, String message, int times) {
		this.group.cluster()
			.client()
			.resource(new EventBuilder().withNewMetadata()
				.withName(name + "." + Integer.toHexString(message.hashCode()))
				.withNamespace(this.group.namespace())
				.endMetadata()
				.withNewInvolvedObject()
				.withName(name)
				.withFieldPath("spec.containers{" + UnderTest.CONTAINER + "}")
				.endInvolvedObject()
				.withReason("Unhealthy")
				.withMessage(message)
				.withCount(times)
				.build())
			.create();
		Awaitility.await()
			.until(() -> this.group.events()
				.of(name)
				.with((event) -> event.message().equals(message) && event.count() == times)
				.count() > 0);
	}

	/** What was said of pods has expired. */
	public void expireEvents() {
		this.group.cluster().client().v1().events().inNamespace(this.group.namespace()).delete();
	}

	/** From now on it has printed that. */
	public void print(String name, String lines) {
		this.server.expect()
			.get()
			.withPath("/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true&previous=false"
				.formatted(this.group.namespace(), name, UnderTest.CONTAINER))
			.andReturn(200, lines)
			.always();
	}

}
