package io.pyserver.lab.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** One namespace of the lab, and its pods. */
public record PodGroup(Cluster cluster, String namespace) {

	/**
	 * A namespace without a service account gives the error
	 * {@code serviceaccount "default" not found}. A service account without permissions
	 * gives another error.
	 */
	private static final String NO_ACCOUNT_YET = "serviceaccount \"";

	private static final String FIELD_MANAGER = "pyserver-lab";

	private static final int BAD_REQUEST = 400;

	/** A container that waits for one of these reasons never starts. */
	private static final Set<String> PERMANENT = Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull",
			"InvalidImageName", "CreateContainerConfigError");

	/**
	 * Creates the namespace.
	 * @param podSecurity the Pod Security Standard that it enforces
	 */
	public void create(String podSecurity) {
		apply(new NamespaceBuilder().withNewMetadata()
			.withName(this.namespace)
			.withLabels(this.cluster.run().label())
			.addToLabels("pod-security.kubernetes.io/enforce", podSecurity)
			.endMetadata()
			.build());
	}

	/**
	 * Applies objects. It tries again while the namespace is too new for them.
	 * @return the objects as the API server returns them
	 * @throws KubernetesClientException if the API server rejects one of them
	 */
	public <T extends HasMetadata> List<T> apply(Collection<T> objects) {
		return objects.stream().map(this::apply).toList();
	}

	private <T extends HasMetadata> T apply(T object) {
		List<T> applied = new ArrayList<>();
		Condition.holdsWithin(Limits.ALL.accepted(), () -> {
			try {
				applied.add(applyNow(object));
				return true;
			}
			catch (KubernetesClientException ex) {
				return !LabException.said(ex).contains(NO_ACCOUNT_YET);
			}
		});
		return applied.isEmpty() ? applyNow(object) : applied.getFirst();
	}

	private <T extends HasMetadata> T applyNow(T object) {
		return this.cluster.client().resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
	}

	/** The latest state of its pods, by name. */
	public Map<String, Pod> pods() {
		return this.cluster.run().pods().in(this.namespace);
	}

	/**
	 * The latest state of a pod.
	 * @throws IllegalStateException if it is gone
	 */
	public Pod pod(String name) {
		return Optional.ofNullable(pods().get(name))
			.orElseThrow(() -> new IllegalStateException("pod " + name + " is gone"));
	}

	/** How often the container of each pod has restarted. */
	public Map<String, Integer> restarts() {
		return pods().entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (pod) -> ContainerUnderTest.restarts(pod.getValue())));
	}

	/** All states of a pod so far, in the order of time. */
	public List<PodState> states(String pod) {
		return this.cluster.run().pods().states(this.namespace, pod);
	}

	public KubeletEvents events() {
		return this.cluster.run().events().in(this.namespace);
	}

	/**
	 * What the running container of a pod has printed, each line with its time; empty if
	 * it has not started yet.
	 * @throws IllegalStateException if the log cannot be read
	 */
	public String printed(String pod) {
		return printed(pod, ContainerUnderTest.NAME, false);
	}

	/**
	 * What the container before the running one has printed; empty if there was none, or
	 * if the kubelet has removed it.
	 */
	public String printedBefore(String pod) {
		return printed(pod, ContainerUnderTest.NAME, true);
	}

	/**
	 * What a container has printed. The client's own method would send another request
	 * first, to wait for the pod. The client repeats a request that fails, so that a node
	 * that does not answer would take minutes: the limit is for all attempts. A node that
	 * has not accepted the pod is not asked.
	 * @param before whether to read the container before the running one
	 */
	public String printed(String pod, String container, boolean before) {
		Pod known = pods().get(pod);
		if (known != null && !isAccepted(known)) {
			return "";
		}
		try {
			String path = "/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true&previous=%s"
				.formatted(this.namespace, pod, container, before);
			String log = SideBySide.within(Limits.ALL.request(), "Reading the log of pod " + pod,
					() -> this.cluster.client().raw(path));
			return (log != null) ? log : "";
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() == BAD_REQUEST) {
				return "";
			}
			throw new IllegalStateException("The log of pod " + pod + " cannot be read: " + LabException.said(ex), ex);
		}
	}

	/**
	 * Waits until every pod is ready.
	 * @throws LabException with the reason if one is not ready in time or never will be
	 */
	public void awaitReady(Duration limit, List<String> names) {
		if (!awaitAndFindNotReady(limit, limit, names).isEmpty()) {
			throw notReadyException(limit);
		}
	}

	/** The error about pods that are not ready within a limit. */
	public LabException notReadyException(Duration limit) {
		return new LabException(
				"after %d s pods are not ready: %s; lab.ready gives them longer".formatted(limit.toSeconds(),
						pods().values()
							.stream()
							.filter((pod) -> !ContainerUnderTest.isReady(pod))
							.map(PodGroup::state)
							.toList()));
	}

	/**
	 * Waits until pods are ready, and returns the names of the others. It looks once more
	 * at the end, because the limit may have interrupted the last look.
	 * @param accepted how long a node may take to accept a pod, if other pods are ready
	 * @return the names of those that are not ready in time
	 * @throws LabException with the reason if one never will be ready
	 */
	public Set<String> awaitAndFindNotReady(Duration limit, Duration accepted, List<String> names) {
		Instant begun = Instant.now();
		Condition.holdsWithin(limit, () -> {
			Set<String> notReady = findNotReady(names);
			boolean othersReady = notReady.size() < names.size()
					&& Duration.between(begun, Instant.now()).compareTo(accepted) > 0;
			return notReady.stream()
				.map(pods()::get)
				.allMatch((pod) -> othersReady && (pod == null || !isAccepted(pod)));
		});
		return findNotReady(names);
	}

	/** Whether the kubelet of a node has accepted the pod. */
	public static boolean isAccepted(Pod pod) {
		return pod.getStatus().getStartTime() != null;
	}

	/**
	 * The names of the pods that are not ready now.
	 * @throws LabException with the reason if one never will be ready
	 */
	public Set<String> findNotReady(List<String> names) {
		Map<String, Pod> pods = pods();
		pods.values().forEach(this::failIfNeverReady);
		return names.stream()
			.filter((name) -> !pods.containsKey(name) || !ContainerUnderTest.isReady(pods.get(name)))
			.collect(Collectors.toSet());
	}

	/** Deletes the namespace, and does not wait until it is gone. */
	public void remove() {
		this.cluster.run().events().forget(this.namespace);
		this.cluster.client().namespaces().withName(this.namespace).delete();
	}

	private void failIfNeverReady(Pod pod) {
		ContainerUnderTest.waiting(pod)
			.filter((waiting) -> PERMANENT.contains(waiting.getReason()))
			.ifPresent((waiting) -> {
				throw new LabException(
						"the image %s cannot be had on node %s: %s; lab.image names one that its nodes can pull"
							.formatted(this.cluster.image(), pod.getSpec().getNodeName(), said(waiting)));
			});
	}

	private static String said(ContainerStateWaiting waiting) {
		return Stream.of(waiting.getReason(), waiting.getMessage())
			.filter(Objects::nonNull)
			.collect(Collectors.joining(" "));
	}

	private static String state(Pod pod) {
		return "%s (%s, restarts %d)".formatted(pod.getMetadata().getName(), pod.getStatus().getPhase(),
				ContainerUnderTest.restarts(pod));
	}

	/** A shell in the container under test of a pod. */
	public Shell shell(String pod) {
		return shell(pod, ContainerUnderTest.NAME);
	}

	/** A shell in a container of a pod. The container may start later. */
	public Shell shell(String pod, String container) {
		return this.cluster.shell(this.namespace, pod, container);
	}

}
