package io.pyserver.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/** The objects of one namespace of the lab. */
public record PodGroup(Cluster cluster, String namespace) {

	/** What Spring Boot says when the service takes requests. */
	private static final String LISTENING = "Started PyserverApplication in";

	private static final Path STAGE = Path.of("target/lab");

	/** Reasons of a waiting container that no patience helps against. */
	private static final Set<String> HOPELESS = Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull",
			"InvalidImageName", "CreateContainerConfigError");

	/** A new namespace has no service account for its first moments, and takes no pod. */
	private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(20);

	/** Applies objects, again while the namespace is too new for them. */
	public void apply(String name, List<JsonNode> manifests) {
		String file = this.cluster.kubectl().take(write(name, manifests)) + "/manifests.json";
		try {
			await().atMost(ACCEPTED_WITHIN)
				.pollInterval(Duration.ofMillis(500))
				.until(() -> this.cluster.kubectl().attempt("apply", "-f", file), PodGroup::isSettled)
				.orThrow("kubectl apply to namespace " + this.namespace);
		}
		catch (ConditionTimeoutException ex) {
			this.cluster.kubectl().run("apply", "-f", file);
		}
	}

	private static boolean isSettled(Output applied) {
		return applied.succeeded() || !applied.stderr().contains("serviceaccount");
	}

	private Path write(String name, List<JsonNode> manifests) {
		Path folder = STAGE.resolve(this.namespace).resolve(name);
		try {
			Files.createDirectories(folder);
			Files.writeString(folder.resolve("manifests.json"),
					JsonMapper.shared()
						.createObjectNode()
						.put("apiVersion", "v1")
						.put("kind", "List")
						.set("items", JsonMapper.shared().valueToTree(manifests))
						.toString());
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Its pods by name, as the API server shows them. */
	public Map<String, JsonNode> pods() {
		return this.cluster.pods().in(this.namespace, Duration.ZERO);
	}

	/** The same, perhaps of a moment ago: for those who ask again and again. */
	public Map<String, JsonNode> recentPods() {
		return this.cluster.pods().in(this.namespace, RunPods.RECENT);
	}

	/** How often the container of each was started again. */
	public Map<String, Integer> restarts() {
		return pods().entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (pod) -> restarts(pod.getValue())));
	}

	/** What the kubelets have said of its pods so far. */
	public KubeletEvents events() {
		return KubeletEvents.of(this.cluster.api(), this.namespace);
	}

	/** The access log of each pod's running container. */
	public Map<String, List<LogLine>> logs() {
		return LogLine.byPod(printed());
	}

	/** What each pod's running container has printed, each line behind its time. */
	public Map<String, String> printed() {
		return this.cluster.api().logs(this.namespace, recentPods().keySet());
	}

	/**
	 * Waits until every pod is ready.
	 * @throws LabException when one is not in time, or never will be, saying why
	 */
	public void awaitReady(Duration limit, List<String> names) {
		Set<String> late = awaitReadyOrSayWho(limit, names);
		if (!late.isEmpty()) {
			throw new LabException(
					"after %d s pods are not ready: %s; lab.ready gives them longer".formatted(limit.toSeconds(),
							pods().values().stream().filter((pod) -> !isReady(pod)).map(this::state).toList()));
		}
	}

	/**
	 * Waits until pods are ready, and says which are not.
	 * @throws LabException when one never will be, saying why
	 */
	public Set<String> awaitReadyOrSayWho(Duration limit, List<String> names) {
		AtomicReference<Set<String>> late = new AtomicReference<>(Set.copyOf(names));
		Condition.holdsWithin(limit, () -> {
			late.set(late(names));
			return late.get().isEmpty();
		});
		return late.get();
	}

	/**
	 * Which pods are not ready now.
	 * @throws LabException when one never will be, saying why
	 */
	public Set<String> late(List<String> names) {
		Map<String, JsonNode> pods = recentPods();
		pods.values().forEach(this::requireHope);
		return names.stream()
			.filter((name) -> !pods.containsKey(name) || !isReady(pods.get(name)))
			.collect(Collectors.toSet());
	}

	/** Whether a service says in what it printed that it listens. */
	public static boolean isListening(String printed) {
		return printed.contains(LISTENING);
	}

	public void remove() {
		this.cluster.kubectl().attempt("delete", "namespace", this.namespace, "--wait=false");
	}

	private void requireHope(JsonNode pod) {
		waiting(pod).filter((waiting) -> HOPELESS.contains(waiting.path("reason").asString()))
			.findAny()
			.ifPresent((waiting) -> {
				throw new LabException(
						"the image %s cannot be had on node %s: %s; lab.image names one that its nodes can pull"
							.formatted(this.cluster.image(), pod.at("/spec/nodeName").asString(),
									waiting.path("reason").asString() + " " + waiting.path("message").asString("")));
			});
	}

	private static Stream<JsonNode> waiting(JsonNode pod) {
		return Stream.of(status(pod).at("/state/waiting")).filter(JsonNode::isObject);
	}

	/** That of the container under test; there may be others beside it. */
	public static JsonNode status(JsonNode pod) {
		return underTest(pod.at("/status/containerStatuses"));
	}

	/** The container under test, as the pod asks for it. */
	public static JsonNode container(JsonNode pod) {
		return underTest(pod.at("/spec/containers"));
	}

	private static JsonNode underTest(JsonNode containers) {
		return containers.valueStream()
			.filter((container) -> container.path("name").asString("").equals(Manifest.CONTAINER))
			.findFirst()
			.orElseGet(() -> JsonMapper.shared().missingNode());
	}

	private String state(JsonNode pod) {
		return "%s (%s, restarts %d)".formatted(pod.at("/metadata/name").asString(),
				pod.at("/status/phase").asString("?"), restarts(pod));
	}

	public static boolean isReady(JsonNode pod) {
		return status(pod).path("ready").asBoolean(false);
	}

	public static boolean isRunning(JsonNode pod) {
		return status(pod).at("/state/running").isObject();
	}

	public static int restarts(JsonNode pod) {
		return status(pod).path("restartCount").asInt(0);
	}

	public Shell shell(String pod) {
		return new PodShell(this.cluster.api(), this.namespace, pod);
	}

}
