package io.pyserver.lab.k3s;

import io.pyserver.lab.cluster.LabException;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** What a throw-away cluster's nodes are made of. */
record NodeImage(DockerImageName name) {

	static NodeImage of(K3sSettings settings) {
		return new NodeImage(DockerImageName.parse(settings.k3sImage()).asCompatibleSubstituteFor("rancher/k3s"));
	}

	/**
	 * Pulls it where it is not there: once, while Testcontainers would try for minutes.
	 * @throws LabException when it cannot be had, saying why
	 */
	void require() {
		String reference = ImageNameSubstitutor.instance().apply(this.name).asCanonicalNameString();
		DockerClient docker = DockerClientFactory.instance().client();
		try {
			if (!isThere(docker, reference)) {
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

	private static boolean isThere(DockerClient docker, String reference) {
		try {
			docker.inspectImageCmd(reference).exec();
			return true;
		}
		catch (NotFoundException ex) {
			return false;
		}
	}

}
