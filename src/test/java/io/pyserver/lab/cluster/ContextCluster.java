package io.pyserver.lab.cluster;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.pyserver.lab.evidence.ImageIdentity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An existing cluster, by a context that was named. Nothing is asked of its nodes: a
 * node's view comes from a pod in the node's network.
 */
public final class ContextCluster implements Cluster, AutoCloseable {

	private final LabSettings settings;

	private final String context;

	private final Kubectl kubectl;

	private final RunNamespaces namespaces;

	private final RunPods pods;

	private final Turns starts;

	private final Thread atExit;

	private final List<String> limits = new ArrayList<>();

	private List<Node> nodes = List.of();

	private ContextCluster(LabSettings settings, String context) {
		this.settings = settings;
		this.context = context;
		this.kubectl = new Kubectl(new LocalShell(), List.of("kubectl", "--context", context), Path::toAbsolutePath);
		this.namespaces = RunNamespaces.of(() -> this.kubectl);
		this.pods = new RunPods(this::api, this.namespaces);
		this.starts = new Turns(settings.parallel());
		this.atExit = new Thread(() -> {
			if (!settings.keep().keepsRun()) {
				this.namespaces.remove();
			}
		});
	}

	/**
	 * Looks whether the cluster is there and may be used, and prepares it.
	 * @throws LabException saying what is wrong and what to do
	 */
	public static ContextCluster of(LabSettings settings, String context) {
		ContextCluster cluster = new ContextCluster(settings, context);
		cluster.requireContext();
		Permissions.require(cluster.kubectl, context);
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

	private void requireContext() {
		List<String> contexts = contexts();
		if (!contexts.contains(this.context)) {
			throw new LabException("lab.context=%s: there is no such context; take one of: %s".formatted(this.context,
					String.join(", ", contexts)));
		}
		Output version = this.kubectl.attempt("get", "--raw", "/version");
		if (!version.succeeded()) {
			throw new LabException(
					"lab.context=%s: the cluster does not answer; try: kubectl --context %s version -- %s"
						.formatted(this.context, this.context, version.everything().strip()));
		}
	}

	private static List<String> contexts() {
		try {
			return new LocalShell().run("kubectl", "config", "get-contexts", "-o", "name")
				.orThrow("kubectl config get-contexts")
				.stdout()
				.lines()
				.toList();
		}
		catch (UncheckedIOException ex) {
			throw new LabException("lab.context needs kubectl, and there is none on the PATH; install it");
		}
	}

	private void lookFromNodes() {
		List<String> names = this.kubectl.json("get", "nodes")
			.path("items")
			.valueStream()
			.filter(ContextCluster::isUsable)
			.map((node) -> node.at("/metadata/name").asString())
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
		NodePods pods = new NodePods(this, names);
		try {
			this.nodes = pods.start(this.settings.ready());
		}
		catch (NodePods.RefusedException ex) {
			this.limits.add(
					"no host network: what the nodes reach was not tried, and their addresses are the API server's and the pods' word -- "
							+ ex.getMessage());
			this.nodes = names.stream().map((name) -> new Node(name, null)).toList();
		}
	}

	private static boolean isUsable(JsonNode node) {
		return !node.at("/spec/unschedulable").asBoolean(false)
				&& node.at("/spec/taints")
					.valueStream()
					.noneMatch((taint) -> taint.path("effect").asString("").startsWith("No"))
				&& node.at("/metadata/labels").path("kubernetes.io/os").asString("linux").equals("linux")
				&& node.at("/status/conditions").valueStream().anyMatch(Node::isReady);
	}

	@Override
	public ApiServer api() {
		return new KubectlApiServer(this.kubectl);
	}

	@Override
	public Kubectl kubectl() {
		return this.kubectl;
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
		return false;
	}

	@Override
	public List<String> podRanges() {
		return this.kubectl.json("get", "nodes")
			.path("items")
			.valueStream()
			.flatMap((node) -> node.at("/spec/podCIDRs").valueStream())
			.map(JsonNode::asString)
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
		if (this.settings.keep().keepsRun()) {
			System.out.printf(
					"The namespaces are kept; to remove them: kubectl --context %s delete namespace -l %s=%s%n",
					this.context, RunNamespaces.LABEL, this.namespaces.run());
			return;
		}
		this.namespaces.removeAndWait();
		Runtime.getRuntime().removeShutdownHook(this.atExit);
	}

}
