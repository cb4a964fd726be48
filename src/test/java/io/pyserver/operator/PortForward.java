package io.pyserver.operator;

import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.LocalPortForward;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A way to a pod's operators' port, and a client at its near end. */
public record PortForward(LocalPortForward forward, HttpClient client) implements AutoCloseable {

	public static PortForward to(PodGroup group, String pod) {
		return new PortForward(
				group.cluster().client().pods().inNamespace(group.namespace()).withName(pod).portForward(8081),
				HttpClient.newHttpClient());
	}

	/** What is answered, or an empty object while nothing is. */
	public JsonNode get(String path) {
		return send(HttpRequest.newBuilder(uri(path)));
	}

	public JsonNode post(String path, String json) {
		return send(HttpRequest.newBuilder(uri(path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	/**
	 * The lines of an answer that goes on until somebody closes it.
	 * @param accept the media type that is asked for
	 * @throws IOException when nothing is answered
	 */
	public Stream<String> lines(String path, String accept) throws IOException, InterruptedException {
		return this.client
			.send(HttpRequest.newBuilder(uri(path)).header("Accept", accept).build(), BodyHandlers.ofLines())
			.body();
	}

	private JsonNode send(HttpRequest.Builder request) {
		try {
			return JsonMapper.shared()
				.readTree(this.client.send(request.timeout(Limits.ALL.operator()).build(), BodyHandlers.ofString())
					.body());
		}
		catch (IOException ex) {
			return JsonMapper.shared().createObjectNode();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while a pod was asked", ex);
		}
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.forward.getLocalPort() + path);
	}

	@Override
	public void close() {
		try (this.client; this.forward) {
			return;
		}
		catch (IOException ex) {
			throw new IllegalStateException("A port forward cannot be ended", ex);
		}
	}

}
