package io.pyserver.lab.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The nodes of an existing cluster that accepts no pod in a node's network. */
class ExistingClusterTest {

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private final Queue<String> told = new ConcurrentLinkedQueue<>();

	private final Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();

	private final KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(),
			this.responses, new KubernetesMixedDispatcher(this.responses) {

				@Override
				public MockResponse dispatch(RecordedRequest request) {
					ExistingClusterTest.this.requests.add(request.getPath());
					return (request.method() == HttpMethod.PATCH) ? new MockResponse().setResponseCode(403)
							: super.dispatch(request);
				}

			}, false);

	@BeforeEach
	void start() {
		this.server.init();
		this.server.expect().get().withPath("/version").andReturn(200, "{}").always();
		this.server.expect()
			.post()
			.withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
			.andReturn(201,
					"{\"kind\": \"SelfSubjectAccessReview\", \"apiVersion\": \"authorization.k8s.io/v1\", \"status\": {\"allowed\": true}}")
			.always();
		createNode("a", "True");
		createNode("b", "Unknown");
		createNode("c", "True");
	}

	@AfterEach
	void stop() {
		this.server.destroy();
	}

	private void createNode(String name, String ready) {
		Node node = Serialization.unmarshal("""
				metadata: {name: %1$s, labels: {kubernetes.io/os: linux}}
				spec: {}
				status:
				  conditions: [{type: Ready, status: "%2$s"}]
				  nodeInfo: {kubeletVersion: v1.34-%1$s}
				""".formatted(name, ready), Node.class);
		this.server.createClient().resource(node).create();
		this.server.createClient().resource(node).updateStatus();
	}

	@ParameterizedTest
	@CsvSource({ "all, true", ", false" })
	void aRunOnEveryNodeNamesThoseThatAreNotReady(@Nullable String nodes, boolean named) {
		try (ExistingCluster cluster = open(nodes)) {
			assertThat(cluster.limits().contains("node b is not ready or takes no pods: nothing was tried on it"))
				.isEqualTo(named);
			assertThat(cluster.nodes()).extracting(io.pyserver.lab.cluster.Node::name).containsExactly("a", "c");
		}
	}

	@Test
	void theVersionIsThatOfOneNodeAndTakesNoListOfAll() {
		try (ExistingCluster cluster = open("all")) {
			this.requests.clear();
			assertThat(cluster.version()).isEqualTo("v1.34-a");
			assertThat(this.requests).contains("/api/v1/nodes/a").doesNotContain("/api/v1/nodes");
		}
	}

	@Test
	void aRunThatIsEndedFromOutsideRemovesItsNamespaces() {
		try (ExistingCluster cluster = open("all")) {
			Resource<Namespace> namespace = cluster.client()
				.resource(new NamespaceBuilder().withNewMetadata()
					.withName(cluster.run().namespace("a"))
					.withLabels(cluster.run().label())
					.endMetadata()
					.build());
			namespace.create();
			cluster.endFromOutside();
			assertThat(namespace.get()).isNull();
		}
		assertThat(this.told).isEmpty();
	}

	@Test
	void whatIsKeptIsToldWithTheCommandThatRemovesIt() {
		ExistingCluster cluster = open(Map.of("lab.keep", "true"));
		cluster.close();
		assertThat(this.told).containsExactly(
				"the namespaces of this run are kept; to remove them: kubectl delete namespace -l io.pyserver.lab="
						+ cluster.run().name());
	}

	@Test
	void theLineAboutWhatIsLeftHasTheReasonIfTheApiServerIsGone() {
		ExistingCluster cluster = open(Map.of("lab.keep", "true"));
		this.server.shutdown();
		cluster.endFromOutside();
		assertThat(this.told).singleElement()
			.asString()
			.contains("are kept, and the API server at http://localhost:", "/ does not answer -- ",
					"; to remove them: ");
		cluster.close();
	}

	@Test
	void aRunThatHasEndedByItselfAsksNothingMore() {
		ExistingCluster cluster = open("all");
		cluster.close();
		this.requests.clear();
		cluster.endFromOutside();
		assertThat(this.requests).isEmpty();
		assertThat(this.told).isEmpty();
	}

	private ExistingCluster open(@Nullable String nodes) {
		return open((nodes != null) ? Map.of("lab.nodes", nodes) : Map.of());
	}

	private ExistingCluster open(Map<String, String> settings) {
		Config config = Config.empty();
		config.setMasterUrl(this.server.url("/"));
		return ExistingCluster.of(LabSettings.of(settings::get), new Access(config, "mine", "kubectl", null),
				this.told::add);
	}

}
