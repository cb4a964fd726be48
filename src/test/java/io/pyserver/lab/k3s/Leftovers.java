package io.pyserver.lab.k3s;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/**
 * Finds and removes what a run left behind that was killed. Everything carries a label
 * with the folder of the project, so that runs of other folders on the same Docker host
 * are let alone.
 */
public final class Leftovers {

	static final Map<String, String> LABEL = Map.of("io.pyserver.lab", Path.of("").toAbsolutePath().toString());

	private Leftovers() {
	}

	static Network.NetworkImpl.NetworkImplBuilder labelled(Network.NetworkImpl.NetworkImplBuilder network) {
		return network.createNetworkCmdModifier((command) -> command.withLabels(LABEL));
	}

	/** As a filter of Docker's command line. */
	static String label() {
		return filters().map((filter) -> "label=" + filter).collect(Collectors.joining());
	}

	private static Stream<String> filters() {
		return LABEL.entrySet().stream().map((label) -> label.getKey() + "=" + label.getValue());
	}

	public static void remove() {
		DockerClient docker = DockerClientFactory.instance().client();
		docker.listContainersCmd()
			.withShowAll(true)
			.withLabelFilter(LABEL)
			.exec()
			.forEach((container) -> docker.removeContainerCmd(container.getId())
				.withForce(true)
				.withRemoveVolumes(true)
				.exec());
		docker.listNetworksCmd()
			.withFilter("label", filters().toList())
			.exec()
			.forEach((network) -> docker.removeNetworkCmd(network.getId()).exec());
	}

}
