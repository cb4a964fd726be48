package io.pyserver.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * A throw-away cluster of two nodes in containers, with the image just built already on
 * each.
 */
final class K3sCluster implements Cluster, AutoCloseable {

	private static final DockerImageName K3S = DockerImageName
		.parse(System.getenv().getOrDefault("K3S_IMAGE", "rancher/k3s:v1.34.1-k3s1"))
		.asCompatibleSubstituteFor("rancher/k3s");

	static final Path IMAGE_ARCHIVE = Path.of("target/jib-image.tar");

	/** Archives in this folder are imported when a node starts. */
	private static final String PRELOADED = "/var/lib/rancher/k3s/agent/images/pyserver.tar";

	private static final Duration READY_WITHIN = Duration.ofMinutes(3);

	private final Network network;

	private final GenericContainer<?> server;

	private final GenericContainer<?> agent;

	private K3sCluster(String... serverArguments) {
		String token = UUID.randomUUID().toString();
		this.network = Leftovers.labelled(Network.builder()).build();
		this.server = node(new K3sContainer(K3S), "server", token).withCommand(command(serverArguments));
		this.agent = node(new GenericContainer<>(K3S), "agent", token).withPrivilegedMode(true)
			.withTmpFs(Map.of("/run", "", "/var/run", ""))
			.withEnv("K3S_URL", "https://server:6443")
			.withCommand("agent");
	}

	/** Starts a cluster that enforces network policies. */
	static K3sCluster enforcing() {
		return started(new K3sCluster());
	}

	/** Starts a cluster that accepts network policies and ignores them. */
	static K3sCluster notEnforcing() {
		return started(new K3sCluster("--disable-network-policy"));
	}

	private static K3sCluster started(K3sCluster cluster) {
		try {
			Startables.deepStart(cluster.server, cluster.agent).join();
			await().atMost(READY_WITHIN).until(cluster::bothNodesReady);
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private static String[] command(String... arguments) {
		return java.util.stream.Stream
			.concat(java.util.stream.Stream.of("server", "--disable=traefik"), java.util.stream.Stream.of(arguments))
			.toArray(String[]::new);
	}

	private GenericContainer<?> node(GenericContainer<?> container, String name, String token) {
		container.setBinds(List.of());
		return container.withNetwork(this.network)
			.withNetworkAliases(name)
			.withEnv("K3S_TOKEN", token)
			.withEnv("K3S_NODE_NAME", name)
			.withLabels(Leftovers.LABEL)
			.withCopyFileToContainer(MountableFile.forHostPath(IMAGE_ARCHIVE), PRELOADED)
			.withCreateContainerCmdModifier(K3sCluster::giveOwnCgroups);
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

	private boolean bothNodesReady() {
		return kubectl().json("get", "nodes")
			.path("items")
			.valueStream()
			.flatMap((node) -> node.path("status").path("conditions").valueStream())
			.filter(K3sCluster::isReady)
			.count() == nodes().size();
	}

	private static boolean isReady(JsonNode condition) {
		return condition.path("type").asString().equals("Ready") && condition.path("status").asString().equals("True");
	}

	@Override
	public Kubectl kubectl() {
		return new Kubectl(new Shell(this.server));
	}

	@Override
	public List<Node> nodes() {
		return List.of(new Node("server", new Shell(this.server)), new Node("agent", new Shell(this.agent)));
	}

	@Override
	public String image() {
		return System.getProperty("image");
	}

	@Override
	public void close() {
		this.agent.stop();
		this.server.stop();
		this.network.close();
	}

}
