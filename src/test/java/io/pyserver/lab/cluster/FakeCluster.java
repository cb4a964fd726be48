package io.pyserver.lab.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;

/**
 * A part of the API server of a cluster, and nothing else of the cluster.
 *
 * @param shells what runs the commands in pods, by the name of the pod
 * @param probes what the kubelets publish of their probes: a line's metric and labels,
 * and its value
 */
public record FakeCluster(KubernetesMockServer server, ClusterRun run, List<Node> nodes, Map<String, Shell> shells,
		Map<String, LongSupplier> probes) implements Cluster, AutoCloseable {

	/** All clients share it, because it finds out once how each kind is read. */
	private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

	/** A cluster with two nodes in which no command can be run. */
	public static FakeCluster start() {
		Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
		KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(), responses,
				new KubernetesMixedDispatcher(responses), false);
		server.init();
		KubernetesClient client = server.createClient((builder) -> builder.withKubernetesSerialization(SERIALIZATION));
		FakeCluster cluster = new FakeCluster(server,
				ClusterRun.begin(client, ProbeMetrics.throughApiServer(client), 1),
				List.of(new Node("one", null), new Node("other", null)), new ConcurrentHashMap<>(),
				new ConcurrentHashMap<>());
		cluster.nodes.forEach((node) -> server.expect()
			.get()
			.withPath("/api/v1/nodes/%s/proxy/metrics/probes".formatted(node))
			.andReply(200, (_) -> cluster.metrics())
			.always());
		return cluster;
	}

	private String metrics() {
		return this.probes.entrySet()
			.stream()
			.map((line) -> line.getKey() + " " + line.getValue().getAsLong() + "\n")
			.collect(Collectors.joining());
	}

	/** The same API server with other nodes. */
	public FakeCluster with(List<Node> others) {
		return new FakeCluster(this.server, this.run, others, this.shells, this.probes);
	}

	/** The pods of a namespace. */
	public FakePods pods(String namespace) {
		return new FakePods(this, new PodGroup(this, namespace));
	}

	/** Answers all requests to read a path from now on. */
	void answer(String path, int status, Object answer) {
		this.server.expect().get().withPath(path).andReturn(status, answer).always();
	}

	/** Creates the object of a node on the API server. */
	public void createNode(String name, String address) {
		client().resource(Serialization.unmarshal("""
				metadata: {name: %s}
				status: {addresses: [{type: InternalIP, address: %s}]}
				""".formatted(name, address), io.fabric8.kubernetes.api.model.Node.class)).create();
	}

	@Override
	public Shell shell(String namespace, String pod, String container) {
		return (command) -> {
			if (!this.shells.containsKey(pod)) {
				throw new IllegalStateException("no command can be run in pod " + pod);
			}
			return this.shells.get(pod).run(command);
		};
	}

	@Override
	public String image() {
		return "pyserver:1.0";
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
