package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;

/**
 * The container under test of a pod, as the API server shows it. There may be others
 * beside it, which somebody injected.
 */
public final class UnderTest {

	/** Its name in every pod of the lab, as in the shipped Deployment. */
	public static final String CONTAINER = "pyserver";

	private UnderTest() {
	}

	/** As the pod asks for it. */
	public static Container container(Pod pod) {
		return container(pod.getSpec().getContainers());
	}

	/** Among some containers. */
	public static Container container(List<Container> containers) {
		return containers.stream()
			.filter((container) -> container.getName().equals(CONTAINER))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No container " + CONTAINER + " in " + containers));
	}

	/** How it is, or nothing where it was not even created. */
	public static Optional<ContainerStatus> status(Pod pod) {
		return Optional.ofNullable(pod.getStatus())
			.stream()
			.flatMap((status) -> status.getContainerStatuses().stream())
			.filter((container) -> container.getName().equals(CONTAINER))
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

	/** How often it was started again. */
	public static int restarts(Pod pod) {
		return status(pod).map(ContainerStatus::getRestartCount).orElse(0);
	}

	/** How the container before the running one ended. */
	static Optional<ContainerStateTerminated> lastEnd(Pod pod) {
		return status(pod).map(ContainerStatus::getLastState).map(ContainerState::getTerminated);
	}

	/** The identity of the running image, not its name; empty where nothing runs yet. */
	public static String image(Pod pod) {
		return status(pod).map(ContainerStatus::getImageID).orElse("");
	}

}
