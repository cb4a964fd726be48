package io.pyserver.lab.k3s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Network.Ipam;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.cluster.Shell.Output;

/** Containers that are the nodes of a cluster, each with the image just built. */
public final class K3sNodes {

	/** A node imports the archives in this folder when it starts. */
	private static final String PRELOADED = "/var/lib/rancher/k3s/agent/images/pyserver.tar";

	/**
	 * What the lab does not need: to pull and start it takes as long as a test. While
	 * metrics-server is not available, namespaces are deleted late and kubectl prints a
	 * warning.
	 */
	private static final String ADD_ONS = "traefik,servicelb,metrics-server,coredns,local-storage";

	/**
	 * Starts k3s with the addresses of its node in the order of the cluster's families,
	 * which k3s does not find out itself if IPv6 is the first. A node image without the
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

	private final DockerImageName image;

	/** The flags for two IP families; empty for one. */
	private final List<String> ranges;

	private final Network network;

	private final String token = UUID.randomUUID().toString();

	private final K3sContainer server;

	private final List<GenericContainer<?>> containers = new ArrayList<>();

	/**
	 * Describes the nodes, and starts none.
	 * @param nodes how many; the first is the server
	 * @param reusable whether Testcontainers leaves them running when the tests end
	 */
	K3sNodes(K3sSettings settings, int nodes, boolean reusable, String... serverOptions) {
		this.image = DockerImageName.parse(settings.k3sImage()).asCompatibleSubstituteFor("rancher/k3s");
		this.ranges = settings.ranges();
		this.network = Network.builder()
			.enableIpv6(!this.ranges.isEmpty())
			.createNetworkCmdModifier(this::configure)
			.build();
		this.server = new K3sContainer(this.image);
		List<String> command = new ArrayList<>(
				List.of("server", "--disable=" + ADD_ONS, "--tls-san=" + this.server.getHost()));
		command.addAll(this.ranges);
		command.addAll(List.of(serverOptions));
		add("server", this.server, reusable).withCommand(command.toArray(String[]::new));
		for (int i = 1; i < nodes; i++) {
			add("agent" + i, new GenericContainer<>(this.image), reusable).withPrivilegedMode(true)
				.withTmpFs(Map.of("/run", "", "/var/run", ""))
				.withEnv("K3S_URL", "https://server:6443")
				.withCommand("agent");
		}
	}

	/** Adds a range of IPv6 that no other network has to what Docker chooses. */
	private void configure(CreateNetworkCmd command) {
		command.withLabels(Docker.LABEL);
		if (!this.ranges.isEmpty()) {
			String range = "fd99:%x::/64".formatted(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
			command.withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(range)));
		}
	}

	private GenericContainer<?> add(String name, GenericContainer<?> container, boolean reusable) {
		this.containers.add(container);
		container.setBinds(List.of());
		return container.withNetwork(this.network)
			.withReuse(reusable)
			.withStartupTimeout(Limits.ALL.nodes())
			.withNetworkAliases(name)
			.withEnv("K3S_TOKEN", this.token)
			.withEnv("K3S_NODE_NAME", name)
			.withEnv("LAB_RANGES", String.join(" ", this.ranges))
			.withLabels(Docker.LABEL)
			.withCopyFileToContainer(MountableFile.forHostPath(BuiltImage.ARCHIVE), PRELOADED)
			.withCreateContainerCmdModifier(this::configure);
	}

	/**
	 * Two nodes on one machine must not share a cgroup subtree, because each kubelet
	 * removes what it does not know there.
	 */
	private void configure(CreateContainerCmd command) {
		HostConfig host = command.getHostConfig();
		if (host == null) {
			return;
		}
		host.withCgroupnsMode("private");
		if (!this.ranges.isEmpty()) {
			host.withSysctls(Map.of("net.ipv6.conf.all.disable_ipv6", "0", "net.ipv6.conf.default.disable_ipv6", "0"));
			command.withEntrypoint("sh", "-c", START_DUAL_STACK, "k3s");
		}
	}

	/**
	 * Starts them.
	 * @throws LabException if their image is not available
	 */
	void start() {
		Docker.requireNodeImage(this.image);
		Startables.deepStart(this.containers).join();
	}

	/** Imports an image on every node. */
	public void load(Path archive) {
		String copy = "/lab/" + archive.getFileName();
		this.containers.forEach((node) -> {
			node.copyFileToContainer(MountableFile.forHostPath(archive), copy);
			new ContainerShell(node).run("ctr", "-n", "k8s.io", "images", "import", copy)
				.orThrow("ctr images import of " + archive);
		});
	}

	List<Node> nodes() {
		return this.containers.stream()
			.map((node) -> new Node(node.getEnvMap().get("K3S_NODE_NAME"), new ContainerShell(node)))
			.toList();
	}

	/** The administrator's kubeconfig for programs of this machine. */
	public String kubeconfig() {
		return this.server.getKubeConfigYaml();
	}

	/**
	 * Runs the kubectl of the server, which knows its cluster and no other.
	 * @throws IllegalStateException if it fails, with what it printed
	 */
	public Output kubectl(String... arguments) {
		return new ContainerShell(this.server).run(Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList())
			.orThrow("kubectl " + String.join(" ", arguments));
	}

	/** Copies a folder of this machine to the server, and returns its path there. */
	public String copy(Path folder) {
		String copy = "/lab/%s/%s".formatted(UUID.randomUUID(), folder.getFileName());
		this.server.copyFileToContainer(MountableFile.forHostPath(folder), copy);
		return copy;
	}

	/** The command line that runs kubectl on the server. */
	String kubectlCommand() {
		return "docker exec " + this.server.getContainerId() + " kubectl";
	}

	void remove() {
		this.containers.forEach(GenericContainer::stop);
		this.network.close();
	}

	/** Inside a container of this machine; equal to any other of the same container. */
	private record ContainerShell(GenericContainer<?> container) implements Shell {

		@Override
		public Output run(List<String> command) {
			try {
				ExecResult result = this.container.execInContainer(StandardCharsets.UTF_8,
						command.toArray(String[]::new));
				return new Output(result.getExitCode(), result.getStdout(), result.getStderr());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted during " + command, ex);
			}
		}

	}

}
