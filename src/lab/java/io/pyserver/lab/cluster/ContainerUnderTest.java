package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;

/** Finds the container under test among the containers of a pod, and its state. */
public final class ContainerUnderTest {

	/**
	 * The name of the container in every pod of the lab, as in the shipped Deployment.
	 */
	public static final String NAME = "pyserver";

	private ContainerUnderTest() {
	}

	/** The container in the spec of a pod. */
	public static Container container(Pod pod) {
		return container(pod.getSpec().getContainers());
	}

	/**
	 * The container in a list of containers.
	 * @throws IllegalArgumentException if it is not there
	 */
	public static Container container(List<Container> containers) {
		return containers.stream()
			.filter((container) -> container.getName().equals(NAME))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No container " + NAME + " in " + containers));
	}

	/** The status of the container; empty before it is created. */
	public static Optional<ContainerStatus> status(Pod pod) {
		return Optional.ofNullable(pod.getStatus())
			.stream()
			.flatMap((status) -> status.getContainerStatuses().stream())
			.filter((container) -> container.getName().equals(NAME))
			.findFirst();
	}

	private static Optional<ContainerState> state(Pod pod) {
		return status(pod).map(ContainerStatus::getState);
	}

	static Optional<ContainerStateWaiting> waiting(Pod pod) {
		return state(pod).map(ContainerState::getWaiting);
	}

	public static boolean isReady(Pod pod) {
		return status(pod).map(ContainerStatus::getReady).orElse(false);
	}

	public static boolean isRunning(Pod pod) {
		return state(pod).map(ContainerState::getRunning).isPresent();
	}

	public static int restarts(Pod pod) {
		return status(pod).map(ContainerStatus::getRestartCount).orElse(0);
	}

	/** The digest of the running image; empty before it runs. */
	public static String image(Pod pod) {
		return status(pod).map(ContainerStatus::getImageID).orElse("");
	}

}
