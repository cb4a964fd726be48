package io.pyserver.lab.k3s;

import io.pyserver.lab.cluster.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network.Ipam;
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

	/**
	 * Starts k3s with the addresses of its node in the order of the cluster's families,
	 * which it does not find out itself where IPv6 is the first. A node image without the
	 * flag for them is told the ranges on each node.
	 */
	private static final String START_DUAL_STACK = """
			case "$LAB_RANGES" in *cidr=fd*) order='6 4' ;; *) order='4 6' ;; esac
			for family in $order; do
			  address=$(ip -$family -o addr show dev eth0 scope global | awk '{ sub("/.*", "", $4); print $4; exit }')
			  addresses="$addresses${addresses:+,}$address"
			done
			if k3s "$1" --help 2>&1 | grep -q -- --node-ip; then
			  exec k3s "$@" "--node-ip=$addresses"
			elif [ "$1" = agent ]; then
			  exec k3s "$@" $LAB_RANGES
			else
			  exec k3s "$@"
			fi
			""";

	private final Network network;

	private final String token = UUID.randomUUID().toString();

	private final NodeImage image;

	private final IpFamilies families;

	private final boolean reusable;

	private final K3sContainer server;

	private final List<GenericContainer<?>> agents;

	/**
	 * Not started yet.
	 * @param reusable whether Testcontainers lets them alone when the tests end
	 */
	K3sNodes(NodeImage image, IpFamilies families, int nodes, boolean reusable, String... serverOptions) {
		this.image = image;
		this.families = families;
		this.network = network(families);
		this.reusable = reusable;
		this.server = new K3sContainer(image.name());
		node("server", this.server).withCommand(
				Stream
					.concat(Stream.of("server", "--disable=" + ADD_ONS, "--tls-san=" + this.server.getHost()),
							Stream.concat(families.ranges().stream(), Stream.of(serverOptions)))
					.toArray(String[]::new));
		this.agents = IntStream.range(1, nodes).<GenericContainer<?>>mapToObj((i) -> agent("agent" + i)).toList();
	}

	/** Of one range of IPv6 that no other network has, beside what Docker chooses. */
	private static Network network(IpFamilies families) {
		Network.NetworkImpl.NetworkImplBuilder network = Network.builder();
		if (families.areTwo()) {
			String range = "fd99:%x::/64".formatted(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
			network.enableIpv6(true)
				.createNetworkCmdModifier(
						(command) -> command.withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(range))));
		}
		return Leftovers.labelled(network).build();
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
			.withEnv("LAB_RANGES", String.join(" ", this.families.ranges()))
			.withLabels(Leftovers.LABEL)
			.withCopyFileToContainer(MountableFile.forHostPath(BuiltImage.ARCHIVE), PRELOADED)
			.withCreateContainerCmdModifier(K3sNodes::giveOwnCgroups)
			.withCreateContainerCmdModifier(this::giveBothFamilies);
	}

	private void giveBothFamilies(CreateContainerCmd command) {
		HostConfig host = command.getHostConfig();
		if (this.families.areTwo() && host != null) {
			host.withSysctls(Map.of("net.ipv6.conf.all.disable_ipv6", "0", "net.ipv6.conf.default.disable_ipv6", "0"));
			command.withEntrypoint("sh", "-c", START_DUAL_STACK, "k3s");
		}
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
