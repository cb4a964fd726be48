package io.pyserver.lab.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;

/**
 * The pods of a run in all its namespaces, asked for once for everybody who waits for
 * one: a kubectl for each of them would keep a small machine busy.
 */
final class RunPods {

	/** For those who ask again and again. */
	static final Duration RECENT = Duration.ofSeconds(1);

	private final Supplier<ApiServer> api;

	private final String path;

	private Instant answered = Instant.EPOCH;

	private Map<String, Map<String, JsonNode>> pods = Map.of();

	RunPods(Supplier<ApiServer> api, RunNamespaces namespaces) {
		this.api = api;
		this.path = "/api/v1/pods?labelSelector=" + RunNamespaces.LABEL + "%3D" + namespaces.run();
	}

	/**
	 * By name, as the API server showed them.
	 * @param age how long ago its answer may have come
	 */
	synchronized Map<String, JsonNode> in(String namespace, Duration age) {
		if (this.answered.plus(age).isBefore(Instant.now())) {
			Map<String, Map<String, JsonNode>> found = new HashMap<>();
			this.api.get()
				.get(this.path)
				.path("items")
				.forEach(
						(pod) -> found.computeIfAbsent(pod.at("/metadata/namespace").asString(), (_) -> new HashMap<>())
							.put(pod.at("/metadata/name").asString(), pod));
			this.pods = found;
			this.answered = Instant.now();
		}
		return this.pods.getOrDefault(namespace, Map.of());
	}

}
