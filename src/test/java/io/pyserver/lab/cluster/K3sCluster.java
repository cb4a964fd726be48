package io.pyserver.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import io.pyserver.lab.evidence.ImageIdentity;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.MountableFile;
import org.testcontainers.utility.TestcontainersConfiguration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * A throw-away cluster in containers, with the image just built already on each node.
 */
public final class K3sCluster implements Cluster, AutoCloseable {

	public static final Path IMAGE_ARCHIVE = Path.of("target/jib-image.tar");

	private static final Path IMAGE_IDENTITY = Path.of("target/jib-image.id");

	/** Archives in this folder are imported when a node starts. */
	private static final String PRELOADED = "/var/lib/rancher/k3s/agent/images/pyserver.tar";

	/**
	 * What the lab does without: to pull and start them takes as long as a test, and
	 * while metrics-server is not available namespaces go late and kubectl complains.
	 */
	private static final String ADD_ONS = "traefik,servicelb,metrics-server,coredns,local-storage";

	private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

	private static final Duration READY_WITHIN = Duration.ofMinutes(3);

	private final Network network = Leftovers.labelled(Network.builder()).build();

	private final String token = UUID.randomUUID().toString();

	private final LabSettings settings;

	private final Keep keep;

	private final NodeImage image;

	private final K3sContainer server;

	private @Nullable Path kubeconfig;

	private @Nullable HttpsApiServer api;

	private @Nullable ImageIdentity identity;

	private final List<GenericContainer<?>> agents;

	private final RunNamespaces namespaces;

	private final RunPods pods;

	/** All its nodes share one machine. */
	private final Turns starts = new Turns(1);

	private K3sCluster(LabSettings settings, int nodes, Keep keep, String... serverOptions) {
		this.settings = settings;
		this.keep = keep;
		this.image = NodeImage.of(settings);
		this.server = new K3sContainer(this.image.name());
		node("server", this.server).withCommand(
				Stream
					.concat(Stream.of("server", "--disable=" + ADD_ONS, "--tls-san=" + this.server.getHost()),
							Stream.of(serverOptions))
					.toArray(String[]::new));
		this.agents = IntStream.range(1, nodes).<GenericContainer<?>>mapToObj((i) -> agent("agent" + i)).toList();
		this.namespaces = RunNamespaces.of(this::kubectl);
		this.pods = new RunPods(this::api, this.namespaces);
	}

	/**
	 * Starts a cluster that enforces network policies; the one that may be kept for a
	 * look.
	 * @throws LabException when it is to be kept and Testcontainers would remove it, or
	 * when its nodes' image cannot be had
	 */
	public static K3sCluster enforcing(LabSettings settings) {
		if (settings.keep() != Keep.NEVER && !TestcontainersConfiguration.getInstance().environmentSupportsReuse()) {
			throw new LabException(
					"lab.keep: Testcontainers removes the cluster unless TESTCONTAINERS_REUSE_ENABLE=true is set, as Maven does");
		}
		return started(new K3sCluster(settings, settings.nodes(), settings.keep()));
	}

	/**
	 * Starts a cluster of one node that accepts network policies and ignores them.
	 * @throws LabException when its node's image cannot be had
	 */
	public static K3sCluster notEnforcing(LabSettings settings) {
		return started(new K3sCluster(settings, 1, Keep.NEVER, "--disable-network-policy"));
	}

	private static K3sCluster started(K3sCluster cluster) {
		try {
			cluster.image.require();
			Startables.deepStart(cluster.containers()).join();
			cluster.api = HttpsApiServer.of(cluster.server.getKubeConfigYaml());
			cluster.useKubectlOfThisMachine();
			await("all nodes are ready").atMost(READY_WITHIN)
				.ignoreExceptionsInstanceOf(IllegalStateException.class)
				.until(cluster::allNodesReady);
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.remove();
			throw ex;
		}
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
			.withReuse(this.keep != Keep.NEVER)
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

	/** Makes an image known to every node, as pods then name it. */
	public void load(Path archive) {
		String copy = "/lab/" + archive.getFileName();
		containers().forEach((node) -> {
			node.copyFileToContainer(MountableFile.forHostPath(archive), copy);
			new ContainerShell(node).run("ctr", "-n", "k8s.io", "images", "import", copy)
				.orThrow("ctr images import of " + archive);
		});
	}

	private boolean allNodesReady() {
		return api().get("/api/v1/nodes")
			.path("items")
			.valueStream()
			.flatMap((node) -> node.path("status").path("conditions").valueStream())
			.filter(Node::isReady)
			.count() == nodes().size();
	}

	private Stream<GenericContainer<?>> containers() {
		return Stream.concat(Stream.of(this.server), this.agents.stream());
	}

	/**
	 * This machine's, bound to a file of its own, where there is one: to get into the
	 * container costs more than kubectl itself does. Else the container's.
	 */
	@Override
	public Kubectl kubectl() {
		return (this.kubeconfig != null)
				? new Kubectl(new LocalShell(), List.of("kubectl", "--kubeconfig", this.kubeconfig.toString()),
						Path::toAbsolutePath)
				: new Kubectl(new ContainerShell(this.server), List.of("kubectl"), this::copyToServer);
	}

	@Override
	public ApiServer api() {
		return Objects.requireNonNull(this.api, "the cluster has not started");
	}

	private void useKubectlOfThisMachine() {
		if (!LocalShell.has("kubectl")) {
			return;
		}
		try {
			Path file = Files.createTempFile(Files.createDirectories(Leftovers.KUBECONFIGS), "", ".yaml")
				.toAbsolutePath();
			Files.writeString(file, this.server.getKubeConfigYaml());
			this.kubeconfig = file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void deleteKubeconfig() {
		if (this.kubeconfig != null) {
			this.kubeconfig.toFile().delete();
		}
	}

	private Path copyToServer(Path folder) {
		Path copy = Path.of("/lab").resolve(UUID.randomUUID().toString()).resolve(folder.getFileName());
		this.server.copyFileToContainer(MountableFile.forHostPath(folder), copy.toString());
		return copy;
	}

	@Override
	public List<Node> nodes() {
		return containers().map((node) -> new Node(node.getEnvMap().get("K3S_NODE_NAME"), new ContainerShell(node)))
			.toList();
	}

	@Override
	public String image() {
		return System.getProperty("image");
	}

	@Override
	public String imagePullPolicy() {
		return "Never";
	}

	/**
	 * The configuration's digest is that of the build. Manifests are what the nodes wrote
	 * when they imported it, and count where they lead to that configuration.
	 */
	@Override
	public synchronized ImageIdentity imageIdentity() {
		if (this.identity == null) {
			String configuration = read(IMAGE_IDENTITY);
			this.identity = new ImageIdentity(configuration,
					containers().flatMap((node) -> manifests(new ContainerShell(node), configuration))
						.collect(Collectors.toSet()));
		}
		return this.identity;
	}

	private static Stream<String> manifests(Shell node, String configuration) {
		return DIGEST.matcher(node.run("ctr", "-n", "k8s.io", "images", "ls").stdout())
			.results()
			.map(MatchResult::group)
			.distinct()
			.filter((digest) -> leadsTo(node, digest, configuration));
	}

	/** A manifest names its configuration, an index its manifests. */
	private static boolean leadsTo(Shell node, String digest, String configuration) {
		Output content = node.run("ctr", "-n", "k8s.io", "content", "get", digest);
		if (!content.succeeded() || !content.stdout().startsWith("{")) {
			return false;
		}
		JsonNode manifest = JsonMapper.shared().readTree(content.stdout());
		return manifest.at("/config/digest").asString("").equals(configuration) || manifest.path("manifests")
			.valueStream()
			.anyMatch((each) -> leadsTo(node, each.path("digest").asString(""), configuration));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + " is missing beside " + IMAGE_ARCHIVE, ex);
		}
	}

	@Override
	public RunNamespaces namespaces() {
		return this.namespaces;
	}

	@Override
	public RunPods pods() {
		return this.pods;
	}

	@Override
	public Turns starts() {
		return this.starts;
	}

	@Override
	public boolean isThrowAway() {
		return true;
	}

	@Override
	public String name() {
		return this.settings.k3sImage();
	}

	@Override
	public void close() {
		if (this.keep.keepsRun()) {
			sayHowToLook();
		}
		else {
			remove();
		}
	}

	private void sayHowToLook() {
		String label = Leftovers.label();
		System.out.printf(
				"""
						The cluster is kept for a look:
						  %s get pods -A
						The next run removes it, and so does:
						  docker rm --force --volumes $(docker ps -aq --filter '%s') && docker network prune --force --filter '%s'
						""",
				(this.kubeconfig != null) ? "kubectl --kubeconfig " + this.kubeconfig
						: "docker exec " + this.server.getContainerId() + " kubectl",
				label, label);
	}

	private void remove() {
		if (this.api != null) {
			this.api.close();
		}
		containers().forEach(GenericContainer::stop);
		deleteKubeconfig();
		this.network.close();
	}

}
