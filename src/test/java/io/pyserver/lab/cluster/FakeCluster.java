package io.pyserver.lab.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.ImageIdentity;

/**
 * A cluster of which there is the API server alone, and that only in part.
 *
 * @param shells what stands in for the insides of pods, by their names
 */
public record FakeCluster(KubernetesMockServer server, ClusterRun run, List<Node> nodes, Map<String, Shell> shells,
		FakeKubelets kubelets) implements Cluster, AutoCloseable {

	/** With two nodes that nobody gets into. */
	public static FakeCluster start() {
		Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
		KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(), responses,
				new KubernetesMixedDispatcher(responses), false);
		server.init();
		FakeCluster cluster = new FakeCluster(server, ClusterRun.begin(server.createClient(), 1),
				List.of(new Node("one", null), new Node("other", null)), new ConcurrentHashMap<>(), new FakeKubelets());
		cluster.nodes.forEach((node) -> server.expect()
			.get()
			.withPath("/api/v1/nodes/%s/proxy/metrics/probes".formatted(node))
			.andReply(200, (_) -> cluster.kubelets.metrics())
			.always());
		return cluster;
	}

	/** The same API server with other nodes. */
	public FakeCluster with(List<Node> others) {
		return new FakeCluster(this.server, this.run, others, this.shells, this.kubelets);
	}

	/** Pods of a namespace, which become what a test says. */
	public FakePods pods(String namespace) {
		return new FakePods(this.server, new PodGroup(this, namespace));
	}

	/** Makes one of its nodes known to its API server. */
	public void createNode(String name, String address) {
		client()
			.resource(new NodeBuilder().withNewMetadata()
				.withName(name)
				.endMetadata()
				.withNewStatus()
				.addNewAddress(address, "InternalIP")
				.endStatus()
				.build())
			.create();
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
		this.run.close();
		this.server.destroy();
	}

}
