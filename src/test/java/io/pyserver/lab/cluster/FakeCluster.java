package io.pyserver.lab.cluster;

import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pyserver.lab.evidence.ImageIdentity;
import org.jspecify.annotations.Nullable;

/** A cluster of which there is the API server alone, and that only in part. */
public record FakeCluster(ClusterRun run, List<Node> nodes) implements Cluster, AutoCloseable {

	/** With two nodes that nobody gets into. */
	public static FakeCluster of(KubernetesClient client) {
		return new FakeCluster(ClusterRun.begin(client, 1), List.of(new Node("one", null), new Node("other", null)));
	}

	@Override
	public Kubectl kubectl() {
		throw new UnsupportedOperationException("There is no kubectl");
	}

	@Override
	public String image() {
		return "pyserver:1.0";
	}

	@Override
	public String imagePullPolicy() {
		return "Never";
	}

	@Override
	public @Nullable ImageIdentity imageIdentity() {
		return null;
	}

	@Override
	public String name() {
		return "fake";
	}

	@Override
	public void close() {
		this.run.pods().close();
		this.run.events().close();
	}

}
