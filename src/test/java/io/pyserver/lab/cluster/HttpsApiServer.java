package io.pyserver.lab.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.awaitility.core.ConditionTimeoutException;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import static org.awaitility.Awaitility.await;

/**
 * Asked directly, as an administrator whose certificate is in a kubeconfig. To start a
 * kubectl for each question would keep a small machine busy.
 */
record HttpsApiServer(HttpClient client, URI address) implements ApiServer, AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(2);

	private static final int BAD_GATEWAY = 502;

	private static final Duration TUNNELLED_WITHIN = Duration.ofSeconds(20);

	/** The one cluster and the one user that a node's own kubeconfig knows. */
	static HttpsApiServer of(String kubeconfig) {
		JsonNode known = JSON.valueToTree(new Yaml().load(kubeconfig));
		JsonNode cluster = known.at("/clusters/0/cluster");
		JsonNode user = known.at("/users/0/user");
		PemSslStoreDetails authority = PemSslStoreDetails.forCertificate(pem(cluster, "certificate-authority-data"));
		PemSslStoreDetails administrator = PemSslStoreDetails.forCertificate(pem(user, "client-certificate-data"))
			.withPrivateKey(pem(user, "client-key-data"));
		HttpClient client = HttpClient.newBuilder()
			.sslContext(SslBundle.of(new PemSslStoreBundle(administrator, authority)).createSslContext())
			.connectTimeout(TIMEOUT)
			.build();
		return new HttpsApiServer(client, URI.create(cluster.path("server").asString()));
	}

	private static String pem(JsonNode parent, String name) {
		return new String(Base64.getDecoder().decode(parent.path(name).asString()), StandardCharsets.US_ASCII);
	}

	@Override
	public JsonNode get(String path) {
		return JSON.readTree(read(path, 200).body());
	}

	@Override
	public Map<String, String> logs(String namespace, Collection<String> pods) {
		return pods.stream().collect(Collectors.toMap((pod) -> pod, (pod) -> logOf(namespace, pod)));
	}

	private String logOf(String namespace, String pod) {
		return log(namespace, pod, "");
	}

	@Override
	public String previousLog(String namespace, String pod) {
		return log(namespace, pod, "&previous=true");
	}

	/** A container that has not started yet, or is there no more, is a bad request. */
	private String log(String namespace, String pod, String which) {
		HttpResponse<String> log = read("/api/v1/namespaces/%s/pods/%s/log?container=%s&timestamps=true%s"
			.formatted(namespace, pod, Manifest.CONTAINER, which), 200, 400);
		return (log.statusCode() == 200) ? log.body() : "";
	}

	@Override
	public Output exec(String namespace, String pod, List<String> command) {
		String words = command.stream()
			.map((word) -> "&command=" + URLEncoder.encode(word, StandardCharsets.UTF_8))
			.collect(Collectors.joining());
		URI exec = URI.create("wss://%s/api/v1/namespaces/%s/pods/%s/exec?container=%s&stdout=true&stderr=true%s"
			.formatted(this.address.getAuthority(), namespace, pod, Manifest.CONTAINER, words));
		return onceTunnelled("In pod " + pod + ", " + command, () -> attempt(exec, pod, command));
	}

	private Optional<Output> attempt(URI exec, String pod, List<String> command) {
		PodCommand running = new PodCommand();
		try {
			return Optional.of(this.client.newWebSocketBuilder()
				.subprotocols(PodCommand.PROTOCOL)
				.connectTimeout(TIMEOUT)
				.buildAsync(exec, running)
				.thenCompose((_) -> running.output())
				.orTimeout(COMMAND_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
				.join());
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof WebSocketHandshakeException refused
					&& refused.getResponse().statusCode() == BAD_GATEWAY) {
				return Optional.empty();
			}
			throw new IllegalStateException("In pod " + pod + ", " + command + " failed: " + ex.getCause(), ex);
		}
	}

	private HttpResponse<String> read(String path, Integer... expected) {
		HttpResponse<String> response = onceTunnelled(path,
				() -> Optional.of(send(path)).filter((answer) -> answer.statusCode() != BAD_GATEWAY));
		if (!List.of(expected).contains(response.statusCode())) {
			throw new IllegalStateException(
					path + " was answered with " + response.statusCode() + ": " + response.body());
		}
		return response;
	}

	private HttpResponse<String> send(String path) {
		try {
			return this.client.send(HttpRequest.newBuilder(this.address.resolve(path)).timeout(TIMEOUT).build(),
					BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(path + " was not answered: " + ex, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while reading " + path, ex);
		}
	}

	/**
	 * What k3s passes on to a node, logs and commands, is a bad gateway until the node
	 * has built its tunnel.
	 * @param attempt empty as long as that is so
	 */
	private static <T> T onceTunnelled(String what, Supplier<Optional<T>> attempt) {
		return attempt.get().orElseGet(() -> {
			try {
				return await().atMost(TUNNELLED_WITHIN)
					.pollInterval(Duration.ofMillis(500))
					.until(attempt::get, Optional::isPresent)
					.orElseThrow();
			}
			catch (ConditionTimeoutException ex) {
				throw new IllegalStateException(
						what + " was answered with 502 for " + TUNNELLED_WITHIN.toSeconds() + " s", ex);
			}
		});
	}

	@Override
	public void close() {
		this.client.shutdownNow();
	}

}
