package io.pyserver.lab.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.ImageIdentity;

/**
 * An existing cluster, by a context that was named. Nothing is asked of its nodes: a
 * node's view comes from a pod in the node's network.
 */
public final class ContextCluster implements Cluster, AutoCloseable {

	private final LabSettings settings;

	private final String context;

	private final ClusterRun run;

	private final Thread atExit;

	private final List<String> limits = new ArrayList<>();

	private List<Node> nodes = List.of();

	private ContextCluster(LabSettings settings, String context, KubernetesClient client) {
		this.settings = settings;
		this.context = context;
		this.run = ClusterRun.begin(client, settings.parallel());
		this.atExit = new Thread(() -> {
			if (!settings.keep().keepsRun()) {
				this.run.namespaces().remove(client);
			}
		});
	}

	/**
	 * Looks whether the cluster is there and may be used, and prepares it.
	 * @throws LabException saying what is wrong and what to do
	 */
	public static ContextCluster of(LabSettings settings, String context) {
		return of(settings, context, Config.getKubeconfigFilenames().stream().map(File::new).toList());
	}

	/** The same by a context of these kubeconfigs. */
	static ContextCluster of(LabSettings settings, String context, List<File> kubeconfigs) {
		KubernetesClient client = Clients.of(Clients.config(context, kubeconfigs));
		requirePermissions(client, context);
		ContextCluster cluster = new ContextCluster(settings, context, client);
		if (settings.keep() != Keep.ALWAYS) {
			Runtime.getRuntime().addShutdownHook(cluster.atExit);
		}
		try {
			cluster.lookFromNodes();
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private static void requirePermissions(KubernetesClient client, String context) {
		try {
			Permissions.require(client, context);
		}
		catch (KubernetesClientException ex) {
			client.close();
			throw new LabException(
					"lab.context=%s: the cluster has no answer for its user; try: kubectl --context %s auth can-i --list -- %s"
						.formatted(context, context, Clients.said(ex)));
		}
	}

	private void lookFromNodes() {
		List<String> names = client().nodes()
			.list()
			.getItems()
			.stream()
			.filter(ContextCluster::isUsable)
			.map((node) -> node.getMetadata().getName())
			.sorted()
			.limit(this.settings.nodes())
			.toList();
		if (names.isEmpty()) {
			throw new LabException(
					"lab.context=%s: no node is ready and takes pods; see: kubectl --context %s get nodes"
						.formatted(this.context, this.context));
		}
		if (names.size() == 1) {
			this.limits.add("one node: what another node reaches was not tried");
		}
		NodeLookouts pods = new NodeLookouts(this, names);
		try {
			this.nodes = pods.start(this.settings.ready());
		}
		catch (NodeLookouts.RefusedException ex) {
			this.limits.add(
					"no host network: what the nodes reach was not tried, and their addresses are the API server's and the pods' word -- "
							+ ex.getMessage());
			this.nodes = names.stream().map((name) -> new Node(name, null)).toList();
		}
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

	/** This machine's, which is told of no cluster. */
	@Override
	public Kubectl kubectl() {
		return new Kubectl(new LocalShell(), Path::toAbsolutePath);
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

	/** What a registry holds under the name is not known here. */
	@Override
	public @Nullable ImageIdentity imageIdentity() {
		return null;
	}

	@Override
	public List<String> podRanges() {
		return client().nodes()
			.list()
			.getItems()
			.stream()
			.map((node) -> node.getSpec().getPodCIDRs())
			.flatMap(Collection::stream)
			.toList();
	}

	@Override
	public String name() {
		return this.context;
	}

	@Override
	public List<String> limits() {
		return this.limits;
	}

	@Override
	public void close() {
		try (this.run) {
			if (this.settings.keep().keepsRun()) {
				System.out.printf(
						"The namespaces are kept; to remove them: kubectl --context %s delete namespace -l %s=%s%n",
						this.context, RunNamespaces.LABEL, namespaces().run());
				return;
			}
			namespaces().removeAndWait(client());
			Runtime.getRuntime().removeShutdownHook(this.atExit);
		}
	}

}
