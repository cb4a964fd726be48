package io.pyserver.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The environment variables for the board match both probes of the shipped manifest.
 */
class BoardManifestTest {

	private static final int FAILURE_THRESHOLD_OF_KUBERNETES = 3;

	@Test
	void boardVariablesMatchBothProbes() throws IOException {
		Container container = Serialization
			.unmarshal(Files.readString(Path.of("k8s/base/deployment.yaml")), Deployment.class)
			.getSpec()
			.getTemplate()
			.getSpec()
			.getContainers()
			.getFirst();

		assertThat(Stream.of(container.getLivenessProbe(), container.getReadinessProbe())).allSatisfy((probe) -> {
			assertThat(value(container, "PYSERVER_BOARD_FAILURE_THRESHOLD")).isEqualTo(failureThreshold(probe));
			assertThat(value(container, "PYSERVER_BOARD_TIMEOUT_SECONDS")).isEqualTo(probe.getTimeoutSeconds());
		});
	}

	private static int failureThreshold(Probe probe) {
		return Objects.requireNonNullElse(probe.getFailureThreshold(), FAILURE_THRESHOLD_OF_KUBERNETES);
	}

	private static int value(Container container, String variable) {
		return container.getEnv()
			.stream()
			.filter((each) -> each.getName().equals(variable))
			.map(EnvVar::getValue)
			.mapToInt(Integer::parseInt)
			.findAny()
			.orElse(-1);
	}

}
