package io.pyserver.lab.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestSpecBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metrics of kubelets at their own port. The client does not verify a kubelet's
 * certificate, because on many clusters no known authority signs it. So a server that
 * poses as a kubelet gets the client's token. The token is valid for ten minutes, and its
 * service account may only {@code get} {@code nodes/metrics}.
 */
final class KubeletPort implements AutoCloseable {

	private static final String ACCOUNT = "kubelet-metrics";

	static final int PORT = 10250;

	private static final Duration TOKEN = Duration.ofMinutes(10);

	private final KubernetesClient apiServer;

	private final String namespace;

	private final int port;

	private final KubernetesClient kubelets;

	private final Map<String, String> addresses = new ConcurrentHashMap<>();

	private String token = "";

	private Instant renew = Instant.MIN;

	/** Creates the client. The namespace is that of the service account. */
	KubeletPort(KubernetesClient apiServer, String namespace, int port) {
		this.apiServer = apiServer;
		this.namespace = namespace;
		this.port = port;
		Config config = Config.empty();
		config.setTrustCerts(true);
		config.setDisableHostnameVerification(true);
		config.setOauthTokenProvider(this::token);
		this.kubelets = Access.client(config, Limits.ALL.reading(), 0);
	}

	/**
	 * What the kubelet of a node publishes about its probes.
	 * @throws KubernetesClientException if it does not answer, or there is no such node
	 */
	@Nullable String metrics(String node) {
		return this.kubelets.raw("https://%s:%d/metrics/probes"
			.formatted(this.addresses.computeIfAbsent(node, this::address), this.port));
	}

	private String address(String node) {
		Node known = this.apiServer.nodes().withName(node).get();
		if (known == null) {
			throw new KubernetesClientException("node " + node + " is gone", 404, null);
		}
		Stream<NodeAddress> addresses = known.getStatus().getAddresses().stream();
		return addresses.filter((address) -> address.getType().equals("InternalIP"))
			.map((address) -> Fetch.host(address.getAddress()))
			.findFirst()
			.orElse(node);
	}

	private synchronized String token() {
		if (Instant.now().isAfter(this.renew)) {
			TokenRequest request = new TokenRequest();
			request.setSpec(new TokenRequestSpecBuilder().withExpirationSeconds(TOKEN.toSeconds()).build());
			var accounts = this.apiServer.serviceAccounts().inNamespace(this.namespace);
			this.token = accounts.withName(ACCOUNT).tokenRequest(request).getStatus().getToken();
			this.renew = Instant.now().plus(TOKEN.dividedBy(2));
		}
		return this.token;
	}

	@Override
	public void close() {
		this.kubelets.close();
	}

}
