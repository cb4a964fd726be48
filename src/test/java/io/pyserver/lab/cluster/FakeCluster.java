package io.pyserver.lab.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pyserver.lab.evidence.ImageIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of which there is the API server alone, and that only in part.
 *
 * @param shells what stands in for the insides of pods, by their names
 */
public record FakeCluster(ClusterRun run, List<Node> nodes,
		Map<String, Shell> shells) implements Cluster, AutoCloseable {

	/** With two nodes that nobody gets into. */
	public static FakeCluster of(KubernetesClient client) {
		return new FakeCluster(ClusterRun.begin(client, 1), List.of(new Node("one", null), new Node("other", null)),
				new ConcurrentHashMap<>());
	}

	/** That of the pod's name, where a test has put one. */
	@Override
	public Shell shell(String namespace, String pod, String container) {
		return (command) -> {
			if (!this.shells.containsKey(pod)) {
				throw new IllegalStateException("there is no way into pod " + pod);
			}
			return this.shells.get(pod).run(command);
		};
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
