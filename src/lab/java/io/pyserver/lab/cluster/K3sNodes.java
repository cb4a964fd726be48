package io.pyserver.lab.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.MountableFile;

/** Containers that are nodes of a cluster, each with the image just built. */
final class K3sNodes {

	/** Archives in this folder are imported when a node starts. */
	private static final String PRELOADED = "/var/lib/rancher/k3s/agent/images/pyserver.tar";

	/**
	 * What the lab does without: to pull and start them takes as long as a test, and
	 * while metrics-server is not available namespaces go late and kubectl complains.
	 */
	private static final String ADD_ONS = "traefik,servicelb,metrics-server,coredns,local-storage";

	private final Network network = Leftovers.labelled(Network.builder()).build();

	private final String token = UUID.randomUUID().toString();

	private final NodeImage image;

	private final boolean reusable;

	private final K3sContainer server;

	private final List<GenericContainer<?>> agents;

	/**
	 * Not started yet.
	 * @param reusable whether Testcontainers lets them alone when the tests end
	 */
	K3sNodes(NodeImage image, int nodes, boolean reusable, String... serverOptions) {
		this.image = image;
		this.reusable = reusable;
		this.server = new K3sContainer(image.name());
		node("server", this.server).withCommand(
				Stream
					.concat(Stream.of("server", "--disable=" + ADD_ONS, "--tls-san=" + this.server.getHost()),
							Stream.of(serverOptions))
					.toArray(String[]::new));
		this.agents = IntStream.range(1, nodes).<GenericContainer<?>>mapToObj((i) -> agent("agent" + i)).toList();
	}

	private GenericContainer<?> agent(String name) {
		return node(name, new GenericContainer<>(this.image.name())).withPrivilegedMode(true)
			.withTmpFs(Map.of("/run", "", "/var/run", ""))
			.withEnv("K3S_URL", "https://server:6443")
			.withCommand("agent");
	}

	private GenericContainer<?> node(String name, GenericContainer<?> container) {
		container.setBinds(List.of());
		return container.withNetwork(this.network)
			.withReuse(this.reusable)
			.withNetworkAliases(name)
			.withEnv("K3S_TOKEN", this.token)
			.withEnv("K3S_NODE_NAME", name)
			.withLabels(Leftovers.LABEL)
			.withCopyFileToContainer(MountableFile.forHostPath(BuiltImage.ARCHIVE), PRELOADED)
			.withCreateContainerCmdModifier(K3sNodes::giveOwnCgroups);
	}

	/**
	 * Two nodes on one machine must not share a cgroup subtree: each kubelet clears what
	 * it does not know.
	 */
	private static void giveOwnCgroups(CreateContainerCmd command) {
		HostConfig host = command.getHostConfig();
		if (host != null) {
			host.withCgroupnsMode("private");
		}
	}

	/**
	 * Starts them.
	 * @throws LabException when their image cannot be had
	 */
	void start() {
		this.image.require();
		Startables.deepStart(containers()).join();
	}

	/** Makes an image known to every node, as pods then name it. */
	void load(Path archive) {
		String copy = "/lab/" + archive.getFileName();
		containers().forEach((node) -> {
			node.copyFileToContainer(MountableFile.forHostPath(archive), copy);
			new ContainerShell(node).run("ctr", "-n", "k8s.io", "images", "import", copy)
				.orThrow("ctr images import of " + archive);
		});
	}

	private Stream<GenericContainer<?>> containers() {
		return Stream.concat(Stream.of(this.server), this.agents.stream());
	}

	List<Node> nodes() {
		return containers().map((node) -> new Node(node.getEnvMap().get("K3S_NODE_NAME"), new ContainerShell(node)))
			.toList();
	}

	String kubeconfig() {
		return this.server.getKubeConfigYaml();
	}

	/** The server's own, which knows its cluster and no other. */
	Kubectl kubectl() {
		return new Kubectl(new ContainerShell(this.server), this::copyToServer);
	}

	private Path copyToServer(Path folder) {
		Path copy = Path.of("/lab").resolve(UUID.randomUUID().toString()).resolve(folder.getFileName());
		this.server.copyFileToContainer(MountableFile.forHostPath(folder), copy.toString());
		return copy;
	}

	String howToLook() {
		return "docker exec " + this.server.getContainerId() + " kubectl";
	}

	void remove() {
		containers().forEach(GenericContainer::stop);
		this.network.close();
	}

}
