package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** The objects of one namespace of the lab. */
public record PodGroup(Cluster cluster, String namespace) {

	/** What Spring Boot says when the service takes requests. */
	private static final String LISTENING = "Started PyserverApplication in";

	/**
	 * What an API server says in a new namespace: {@code serviceaccount "default" not
	 * found}. A refused user may be a service account as well, and is put differently.
	 */
	private static final String NO_ACCOUNT_YET = "serviceaccount \"";

	private static final String FIELD_MANAGER = "pyserver-lab";

	private static final int BAD_REQUEST = 400;

	/** Reasons of a waiting container that no patience helps against. */
	private static final Set<String> HOPELESS = Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull",
			"InvalidImageName", "CreateContainerConfigError");

	/**
	 * Applies objects, again while the namespace is too new for them.
	 * @return them, as the API server has them
	 * @throws KubernetesClientException when it does not want one of them
	 */
	public <T extends HasMetadata> List<T> apply(Collection<T> objects) {
		return objects.stream().map(this::apply).toList();
	}

	private <T extends HasMetadata> T apply(T object) {
		AtomicReference<@Nullable T> applied = new AtomicReference<>();
		Condition.holdsWithin(Limits.ALL.accepted(), () -> {
			try {
				applied.set(applyNow(object));
				return true;
			}
			catch (KubernetesClientException ex) {
				return !Clients.said(ex).contains(NO_ACCOUNT_YET);
			}
		});
		T done = applied.get();
		return (done != null) ? done : applyNow(object);
	}

	private <T extends HasMetadata> T applyNow(T object) {
		return client().resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
	}

	private KubernetesClient client() {
		return this.cluster.client();
	}

	/** Its pods by name, by the last that the API server said. */
	public Map<String, Pod> pods() {
		return this.cluster.run().pods().in(this.namespace);
	}

	/**
	 * One of them, by the last that the API server said.
	 * @throws IllegalStateException when it is gone
	 */
	public Pod pod(String name) {
		return Optional.ofNullable(pods().get(name))
			.orElseThrow(() -> new IllegalStateException("pod " + name + " is gone"));
	}

	/** How often the container of each was started again. */
	public Map<String, Integer> restarts() {
		return pods().entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (pod) -> UnderTest.restarts(pod.getValue())));
	}

	/** All that a pod has been so far, in the order of time. */
	public List<PodState> states(String pod) {
		return this.cluster.run().pods().states(this.namespace, pod);
	}

	/** What the kubelets have said of its pods so far. */
	public KubeletEvents events() {
		return this.cluster.run().events().in(this.namespace);
	}

	/**
	 * What a pod's running container has printed, each line behind its time; nothing
	 * where it has not started yet.
	 * @throws IllegalStateException when the log cannot be read
	 */
	public String printed(String pod) {
		return printed(pod, UnderTest.CONTAINER, false);
	}

	/**
	 * What the container before the running one has printed; nothing where there was
	 * none, or the kubelet has removed it.
	 */
	public String printedBefore(String pod) {
		return printed(pod, UnderTest.CONTAINER, true);
	}

	/**
	 * What one of its containers has printed, or did before it was started again. Asked
	 * as it is: the client itself would first wait for the pod, with a request of its own
	 * each time.
	 */
	public String printed(String pod, String container, boolean before) {
		try {
			String log = client().raw("/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true&previous=%s"
				.formatted(this.namespace, pod, container, before));
			return (log != null) ? log : "";
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() == BAD_REQUEST) {
				return "";
			}
			throw new IllegalStateException("The log of pod " + pod + " cannot be read: " + Clients.said(ex), ex);
		}
	}

	/**
	 * Waits until every pod is ready.
	 * @throws LabException when one is not in time, or never will be, saying why
	 */
	public void awaitReady(Duration limit, List<String> names) {
		if (!awaitReadyOrSayWho(limit, names).isEmpty()) {
			throw notReady(limit);
		}
	}

	/** What to say where not all are ready within a limit. */
	public LabException notReady(Duration limit) {
		return new LabException("after %d s pods are not ready: %s; lab.ready gives them longer".formatted(
				limit.toSeconds(),
				pods().values().stream().filter((pod) -> !UnderTest.isReady(pod)).map(PodGroup::state).toList()));
	}

	/**
	 * Waits until pods are ready, and says which are not.
	 * @throws LabException when one never will be, saying why
	 */
	public Set<String> awaitReadyOrSayWho(Duration limit, List<String> names) {
		AtomicReference<Set<String>> late = new AtomicReference<>(Set.copyOf(names));
		Condition.holdsWithin(limit, () -> {
			late.set(late(names));
			return late.get().isEmpty();
		});
		return late.get();
	}

	/**
	 * Which pods are not ready now.
	 * @throws LabException when one never will be, saying why
	 */
	public Set<String> late(List<String> names) {
		Map<String, Pod> pods = pods();
		pods.values().forEach(this::requireHope);
		return names.stream()
			.filter((name) -> !pods.containsKey(name) || !UnderTest.isReady(pods.get(name)))
			.collect(Collectors.toSet());
	}

	/** Whether a service says in what it printed that it listens. */
	public static boolean isListening(String printed) {
		return printed.contains(LISTENING);
	}

	public void remove() {
		this.cluster.run().events().forget(this.namespace);
		client().namespaces().withName(this.namespace).delete();
	}

	private void requireHope(Pod pod) {
		UnderTest.waiting(pod).filter((waiting) -> HOPELESS.contains(waiting.getReason())).ifPresent((waiting) -> {
			throw new LabException(
					"the image %s cannot be had on node %s: %s; lab.image names one that its nodes can pull"
						.formatted(this.cluster.image(), pod.getSpec().getNodeName(), said(waiting)));
		});
	}

	private static String said(ContainerStateWaiting waiting) {
		return Stream.of(waiting.getReason(), waiting.getMessage())
			.filter((word) -> word != null)
			.collect(Collectors.joining(" "));
	}

	private static String state(Pod pod) {
		return "%s (%s, restarts %d)".formatted(pod.getMetadata().getName(), pod.getStatus().getPhase(),
				UnderTest.restarts(pod));
	}

	/** Inside the container under test of a pod. */
	public Shell shell(String pod) {
		return shell(pod, UnderTest.CONTAINER);
	}

	/** Inside a container of a pod, which need not be there yet. */
	public Shell shell(String pod, String container) {
		return this.cluster.shell(this.namespace, pod, container);
	}

}
