package io.pyserver.lab.k3s;

import java.nio.file.Path;
import java.util.Map;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

import io.pyserver.lab.cluster.LabException;

/** What the tests ask the Docker engine itself, and not through Testcontainers. */
final class Docker {

	/**
	 * The label of each container and network. It has the folder of the project, so that
	 * runs of other folders on the same engine are let alone.
	 */
	static final Map<String, String> LABEL = Map.of("io.pyserver.lab", Path.of("").toAbsolutePath().toString());

	private Docker() {
	}

	/**
	 * Whether an engine answers. {@code isDockerAvailable} of Testcontainers would pull
	 * and start a container as well.
	 */
	static boolean answers() {
		try {
			DockerClientFactory.instance().getTransportConfig();
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/** The label as a filter of Docker's command line. */
	static String labelFilter() {
		String key = LABEL.keySet().iterator().next();
		return "label=%s=%s".formatted(key, LABEL.get(key));
	}

	/** Removes the containers and networks of a run that was killed. */
	static void removeLeftovers() {
		DockerClient docker = client();
		docker.listContainersCmd()
			.withShowAll(true)
			.withLabelFilter(LABEL)
			.exec()
			.forEach((container) -> docker.removeContainerCmd(container.getId())
				.withForce(true)
				.withRemoveVolumes(true)
				.exec());
		docker.listNetworksCmd()
			.withFilter("label", LABEL.entrySet().stream().map(Object::toString).toList())
			.exec()
			.forEach((network) -> docker.removeNetworkCmd(network.getId()).exec());
	}

	/**
	 * Pulls the image of the nodes if it is missing. It tries once; Testcontainers would
	 * try for minutes.
	 * @throws LabException if the image is not available, with the reason
	 */
	static void requireNodeImage(DockerImageName name) {
		String reference = ImageNameSubstitutor.instance().apply(name).asCanonicalNameString();
		DockerClient docker = client();
		try {
			if (!has(docker, reference)) {
				docker.pullImageCmd(reference).exec(new PullImageResultCallback()).awaitCompletion();
			}
		}
		catch (DockerException | DockerClientException ex) {
			throw new LabException(
					"lab.k3s-image=%s: the node image cannot be had; name one, there or in K3S_IMAGE, that Docker has or can pull -- %s"
						.formatted(reference, LabException.oneLine(ex.getMessage())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while " + reference + " was pulled", ex);
		}
	}

	private static boolean has(DockerClient docker, String reference) {
		try {
			docker.inspectImageCmd(reference).exec();
			return true;
		}
		catch (NotFoundException ex) {
			return false;
		}
	}

	private static DockerClient client() {
		return DockerClientFactory.instance().client();
	}

}
