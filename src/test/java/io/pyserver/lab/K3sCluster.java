package io.pyserver.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

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
 * A throw-away cluster in containers, with the image just built already on each node.
 */
final class K3sCluster implements Cluster, AutoCloseable {

	private static final DockerImageName K3S = DockerImageName
		.parse(System.getenv().getOrDefault("K3S_IMAGE", "rancher/k3s:v1.34.1-k3s1"))
		.asCompatibleSubstituteFor("rancher/k3s");

	static final Path IMAGE_ARCHIVE = Path.of("target/jib-image.tar");

	/** Archives in this folder are imported when a node starts. */
	private static final String PRELOADED = "/var/lib/rancher/k3s/agent/images/pyserver.tar";

	private static final Duration READY_WITHIN = Duration.ofMinutes(3);

	private final Network network = Leftovers.labelled(Network.builder()).build();

	private final String token = UUID.randomUUID().toString();

	private final GenericContainer<?> server;

	private final List<GenericContainer<?>> agents;

	private K3sCluster(List<String> serverCommand, String... agents) {
		this.server = node("server", new K3sContainer(K3S)).withCommand(serverCommand.toArray(String[]::new));
		this.agents = Arrays.stream(agents).map(this::agent).toList();
	}

	/** Starts a cluster of two nodes that enforces network policies. */
	static K3sCluster enforcing() {
		return started(new K3sCluster(List.of("server", "--disable=traefik"), "agent"));
	}

	/** Starts a cluster of one node that accepts network policies and ignores them. */
	static K3sCluster notEnforcing() {
		return started(new K3sCluster(List.of("server", "--disable=traefik", "--disable-network-policy")));
	}

	private static K3sCluster started(K3sCluster cluster) {
		try {
			Startables.deepStart(cluster.containers()).join();
			await("all nodes are ready").atMost(READY_WITHIN)
				.ignoreExceptionsInstanceOf(IllegalStateException.class)
				.until(cluster::allNodesReady);
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private GenericContainer<?> agent(String name) {
		return node(name, new GenericContainer<>(K3S)).withPrivilegedMode(true)
			.withTmpFs(Map.of("/run", "", "/var/run", ""))
			.withEnv("K3S_URL", "https://server:6443")
			.withCommand("agent");
	}

	private GenericContainer<?> node(String name, GenericContainer<?> container) {
		container.setBinds(List.of());
		return container.withNetwork(this.network)
			.withNetworkAliases(name)
			.withEnv("K3S_TOKEN", this.token)
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

	private boolean allNodesReady() {
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

	private Stream<GenericContainer<?>> containers() {
		return Stream.concat(Stream.of(this.server), this.agents.stream());
	}

	@Override
	public Kubectl kubectl() {
		return new Kubectl(new Shell(this.server));
	}

	@Override
	public List<Node> nodes() {
		return containers().map((node) -> new Node(node.getEnvMap().get("K3S_NODE_NAME"), new Shell(node))).toList();
	}

	/**
	 * The engine of k3s, kube-router, lets every ping through since 2.6.0; its versions
	 * end in {@code +k3s1}.
	 */
	@Override
	public boolean policesPing() {
		return !kubectl().json("get", "nodes")
			.at("/items/0/status/nodeInfo/kubeletVersion")
			.asString()
			.contains("+k3s");
	}

	@Override
	public String image() {
		return System.getProperty("image");
	}

	@Override
	public void close() {
		containers().forEach(GenericContainer::stop);
		this.network.close();
	}

}
