package io.pyserver.lab.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * An existing cluster: the cluster of a named context, or the cluster that this program
 * runs in. The lab installs nothing on the nodes. To try connections from a node and to
 * read the node's addresses, the lab runs a pod in the node's network. The digests of the
 * image are not known, because the lab does not ask the registry.
 */
public final class ExistingCluster implements Cluster, AutoCloseable {

	/**
	 * The error of an API server whose admission rules reject a pod. The lab has checked
	 * the permissions of the user before.
	 */
	private static final Pattern REFUSED = Pattern.compile("forbidden|denied", Pattern.CASE_INSENSITIVE);

	private final LabSettings settings;

	private final Access access;

	private final Consumer<String> told;

	private final ClusterRun run;

	private final List<String> limits = new ArrayList<>();

	private @Nullable KubeletPort kubelets;

	private List<Node> nodes = List.of();

	private volatile boolean closed;

	private ExistingCluster(LabSettings settings, Access access, Consumer<String> told) {
		this.settings = settings;
		this.access = access;
		this.told = told;
		KubernetesClient client = access.client();
		this.run = ClusterRun.begin(client, metrics(client), settings.parallel());
	}

	private ProbeMetrics metrics(KubernetesClient client) {
		if (this.access.pod() == null) {
			return ProbeMetrics.throughApiServer(client);
		}
		this.limits.add("the lab ran on node %s itself, beside what it watched".formatted(this.access.pod().node()));
		this.kubelets = new KubeletPort(client, this.access.pod().namespace(), KubeletPort.PORT);
		return new ProbeMetrics(this.kubelets::metrics);
	}

	/**
	 * Checks that the lab may use the cluster, and prepares it.
	 * @param told takes a line at the end if namespaces are kept or not gone, or if the
	 * API server does not answer
	 * @throws LabException with what is wrong and what to do
	 */
	public static ExistingCluster of(LabSettings settings, Access access, Consumer<String> told) {
		try (KubernetesClient client = access.client()) {
			Permissions.require(client, access);
		}
		ExistingCluster cluster = new ExistingCluster(settings, access, told);
		Runtime.getRuntime().addShutdownHook(new Thread(cluster::endFromOutside));
		try {
			cluster.openNodes();
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private void openNodes() {
		List<io.fabric8.kubernetes.api.model.Node> all = apiNodes();
		if (this.settings.everyNode()) {
			all.stream()
				.filter((node) -> !isUsable(node))
				.map((node) -> "node %s is not ready or takes no pods: nothing was tried on it"
					.formatted(node.getMetadata().getName()))
				.forEach(this.limits::add);
		}
		List<String> names = all.stream()
			.filter(ExistingCluster::isUsable)
			.map((node) -> node.getMetadata().getName())
			.sorted()
			.limit(this.settings.nodes())
			.toList();
		if (names.isEmpty()) {
			throw new LabException(
					"%s: no node is ready and takes pods; see: %s get nodes".formatted(name(), this.access.kubectl()));
		}
		if (names.size() == 1) {
			this.limits.add("one node: what another node reaches was not tried");
		}
		try {
			this.nodes = Node.open(this, names, this.settings.ready(), this.settings.accepted());
			this.nodes.stream()
				.filter((node) -> !node.canRunCommands())
				.map("no pod came up in the network of node %s: what it reaches was not tried"::formatted)
				.forEach(this.limits::add);
		}
		catch (KubernetesClientException ex) {
			if (!REFUSED.matcher(LabException.said(ex)).find()) {
				throw ex;
			}
			this.limits.add(
					"no host network: what the nodes reach was not tried, and their addresses are the API server's and the pods' word -- "
							+ LabException.oneLine(LabException.said(ex)));
			this.nodes = names.stream().map((name) -> new Node(name, null)).toList();
		}
	}

	private List<io.fabric8.kubernetes.api.model.Node> apiNodes() {
		return client().nodes().list().getItems();
	}

	private static boolean isUsable(io.fabric8.kubernetes.api.model.Node node) {
		return !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
				&& node.getSpec().getTaints().stream().noneMatch((taint) -> taint.getEffect().startsWith("No"))
				&& node.getMetadata().getLabels().getOrDefault("kubernetes.io/os", "linux").equals("linux")
				&& Readiness.isNodeReady(node);
	}

	@Override
	public ClusterRun run() {
		return this.run;
	}

	@Override
	public List<Node> nodes() {
		return this.nodes;
	}

	@Override
	public String image() {
		return String.valueOf(this.settings.image());
	}

	@Override
	public String imagePullPolicy() {
		return "IfNotPresent";
	}

	@Override
	public List<String> podRanges() {
		return apiNodes().stream().flatMap((node) -> node.getSpec().getPodCIDRs().stream()).toList();
	}

	@Override
	public String name() {
		return this.access.name();
	}

	@Override
	public List<String> limits() {
		return this.limits;
	}

	/**
	 * Removes the namespaces of the run, unless the run has ended by itself. The process
	 * prints nothing after it, so it tells why the API server does not answer as well.
	 */
	void endFromOutside() {
		if (this.closed) {
			return;
		}
		Optional<String> left = remove(Limits.ALL.leaving());
		if (!this.closed) {
			left.or(this.access::silence).ifPresent(this.told);
		}
	}

	/** What is left on the cluster, and how to remove it; empty if nothing is left. */
	private Optional<String> remove(Duration limit) {
		String left;
		if (this.settings.keep().keepsRun()) {
			left = "the namespaces of this run are kept";
		}
		else if (this.run.removeNamespaces(limit)) {
			return Optional.empty();
		}
		else {
			left = "the namespaces of this run were not gone after %d s".formatted(limit.toSeconds());
		}
		return Optional.of("%s%s; to remove them: %s delete namespace -l %s=%s".formatted(left,
				this.access.silence().map(", and "::concat).orElse(""), this.access.kubectl(), ClusterRun.LABEL,
				this.run.name()));
	}

	@Override
	public void close() {
		try (this.run; KubeletPort _ = this.kubelets) {
			remove(Limits.ALL.gone()).ifPresent(this.told);
		}
		finally {
			this.closed = true;
		}
	}

}
