package io.pyserver.lab.k3s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.jspecify.annotations.Nullable;
import org.testcontainers.utility.TestcontainersConfiguration;

import io.pyserver.lab.cluster.Access;
import io.pyserver.lab.cluster.Cluster;
import io.pyserver.lab.cluster.ClusterRun;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings.Keep;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Node;
import io.pyserver.lab.evidence.Observation.ImageIdentity;
import io.pyserver.lab.cluster.ProbeMetrics;

/** A throw-away cluster in containers, with the image just built on each node. */
public final class K3sCluster implements Cluster, AutoCloseable {

	/** Of the cluster that may be kept, for a kubectl on this machine. */
	private static final Path KUBECONFIG = Path.of("target/kubeconfig");

	private final K3sSettings settings;

	private final Keep keep;

	private final K3sNodes nodes;

	private final ClusterRun run;

	private @Nullable ImageIdentity identity;

	/** Waits until nodes that have started are ready. */
	private K3sCluster(K3sSettings settings, Keep keep, K3sNodes nodes) {
		this.settings = settings;
		this.keep = keep;
		this.nodes = nodes;
		KubernetesClient client = Access.client(nodes.kubeconfig());
		client.nodes()
			.informOnCondition(
					(found) -> found.size() == nodes.nodes().size() && found.stream().allMatch(Readiness::isNodeReady))
			.orTimeout(Limits.ALL.nodes().toSeconds(), TimeUnit.SECONDS)
			.join();
		// All its nodes share one machine.
		this.run = ClusterRun.begin(client, ProbeMetrics.throughApiServer(client), 1);
	}

	/**
	 * Starts a cluster that enforces network policies; {@code lab.keep} may leave it.
	 * @throws LabException if it is to be kept and Testcontainers would remove it, or if
	 * the image of its nodes is not available
	 */
	static K3sCluster enforcing(K3sSettings settings) {
		if (settings.lab().keep() != Keep.NEVER
				&& !TestcontainersConfiguration.getInstance().environmentSupportsReuse()) {
			throw new LabException(
					"lab.keep: Testcontainers removes the cluster unless TESTCONTAINERS_REUSE_ENABLE=true is set, as Maven does");
		}
		K3sCluster cluster = start(settings, settings.lab().keep(), settings.nodes());
		cluster.writeKubeconfig();
		return cluster;
	}

	/**
	 * Starts a cluster of one node that accepts network policies and ignores them.
	 * @throws LabException if the image of its node is not available
	 */
	static K3sCluster notEnforcing(K3sSettings settings) {
		return start(settings, Keep.NEVER, 1, "--disable-network-policy");
	}

	private static K3sCluster start(K3sSettings settings, Keep keep, int nodes, String... serverOptions) {
		K3sNodes starting = new K3sNodes(settings, nodes, keep != Keep.NEVER, serverOptions);
		try {
			starting.start();
			return new K3sCluster(settings, keep, starting);
		}
		catch (RuntimeException ex) {
			starting.remove();
			throw ex;
		}
	}

	/** Nobody else may read it: an administrator of these nodes is root there. */
	private void writeKubeconfig() {
		try {
			Files.createDirectories(KUBECONFIG.getParent());
			Files.deleteIfExists(KUBECONFIG);
			Files.createFile(KUBECONFIG);
			KUBECONFIG.toFile().setReadable(false, false);
			KUBECONFIG.toFile().setReadable(true, true);
			Files.writeString(KUBECONFIG, this.nodes.kubeconfig());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Its containers. */
	public K3sNodes k3s() {
		return this.nodes;
	}

	@Override
	public ClusterRun run() {
		return this.run;
	}

	@Override
	public List<Node> nodes() {
		return this.nodes.nodes();
	}

	/** They share one machine. */
	@Override
	public int nodesAtOnce() {
		return 1;
	}

	@Override
	public String image() {
		return System.getProperty("image");
	}

	@Override
	public synchronized ImageIdentity imageIdentity() {
		if (this.identity == null) {
			this.identity = BuiltImage.identity(nodes().stream().map(Node::shell));
		}
		return this.identity;
	}

	@Override
	public String name() {
		return this.settings.k3sImage();
	}

	@Override
	public String ipFamilies() {
		return this.settings.ipFamilies();
	}

	@Override
	public void close() {
		this.run.close();
		if (!this.keep.keepsRun()) {
			this.nodes.remove();
			return;
		}
		String label = Docker.labelFilter();
		System.out.printf(
				"""
						The cluster is kept for you to inspect:
						  %s get pods -A
						or with your own kubectl, after
						  export KUBECONFIG=%s
						The next run removes it, and so does:
						  docker rm --force --volumes $(docker ps -aq --filter '%s') && docker network prune --force --filter '%s'
						""",
				this.nodes.kubectlCommand(), KUBECONFIG.toAbsolutePath(), label, label);
	}

}
