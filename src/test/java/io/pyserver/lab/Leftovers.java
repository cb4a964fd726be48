package io.pyserver.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/**
 * Finds and removes what a run left behind that was killed. Everything carries a label
 * with the folder of the project, so that runs of other folders on the same Docker host
 * are let alone.
 */
final class Leftovers {

	static final Map<String, String> LABEL = Map.of("io.pyserver.lab", Path.of("").toAbsolutePath().toString());

	private Leftovers() {
	}

	static Network.NetworkImpl.NetworkImplBuilder labelled(Network.NetworkImpl.NetworkImplBuilder network) {
		return network.createNetworkCmdModifier((command) -> command.withLabels(LABEL));
	}

	static void remove() {
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
			.withFilter("label", LABEL.entrySet().stream().map((e) -> e.getKey() + "=" + e.getValue()).toList())
			.exec()
			.forEach((network) -> docker.removeNetworkCmd(network.getId()).exec());
	}

}
