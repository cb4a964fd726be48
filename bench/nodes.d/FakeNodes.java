import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;

import io.pyserver.lab.cluster.ContainerUnderTest;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.Cell.Mechanism;
import io.pyserver.lab.shipped.ShippedPod;

/**
 * An API server with nodes that start each pod at once. The probes of a pod succeed
 * unless the lab breaks them. Policies are enforced: no connection crosses the border of
 * a namespace that has one, nor starts or ends in it. One node may fall silent: it starts
 * no pod, and what the API server asks its kubelet times out after 30 s.
 */
final class FakeNodes extends Dispatcher {

	private static final Pattern IP = Pattern.compile("\\d+(\\.\\d+){3}");

	private static final List<String> BUCKETS = List.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1",
			"2.5", "5", "10", "+Inf");

	private static final String NODE = """
			{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s", "labels": {"kubernetes.io/os": "linux"}},
			"spec": {}, "status": {"conditions": [{"type": "Ready", "status": "True"}],
			"nodeInfo": {"kubeletVersion": "v1.34.1"}}}""";

	private static final String SERVICE = """
			{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "kubernetes"}, "spec": {"clusterIP": "10.43.0.1"}}""";

	private final Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();

	private final Dispatcher objects = new KubernetesMixedDispatcher(this.responses);

	final RequestCount count = new RequestCount(this);

	private final KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(),
			this.responses, this.count, false);

	/** By namespace and name, with a slash between them. */
	private final Map<String, FakePod> pods = new ConcurrentHashMap<>();

	private final Set<String> underPolicies = ConcurrentHashMap.newKeySet();

	private final AtomicInteger addresses = new AtomicInteger();

	private final long begun = System.nanoTime();

	private final String silentNode;

	private final long silentAfter;

	/**
	 * Starts the server.
	 * @param silentAfter the seconds until the last node falls silent
	 */
	FakeNodes(int nodes, long silentAfter) {
		this.silentNode = name(nodes - 1);
		this.silentAfter = silentAfter;
		this.server.init();
		IntStream.range(0, nodes).forEach((i) -> create("/api/v1/nodes", NODE.formatted(name(i))));
		create("/api/v1/namespaces/default/services", SERVICE);
	}

	private static String name(int node) {
		return "node-%02d".formatted(node);
	}

	/** The status of a new object is ignored, as on a real API server. */
	private void create(String path, String json) {
		HasMetadata object = Serialization.unmarshal(json, HasMetadata.class);
		store(HttpMethod.POST, path, object);
		store(HttpMethod.PUT, path + "/" + object.getMetadata().getName() + "/status", object);
	}

	private MockResponse store(HttpMethod method, String path, HasMetadata object) {
		return this.objects.dispatch(new RecordedRequest("HTTP/1.1", method, path, Headers.builder().build(),
				new Buffer(Serialization.asJson(object).getBytes(StandardCharsets.UTF_8))));
	}

	String url() {
		return this.server.url("/");
	}

	private boolean isSilent(String node) {
		return node.equals(this.silentNode)
				&& System.nanoTime() - this.begun >= TimeUnit.SECONDS.toNanos(this.silentAfter);
	}

	@Override
	public MockResponse dispatch(RecordedRequest request) {
		String[] path = request.getPath().split("[?]")[0].split("/");
		String last = path[path.length - 1];
		if ((last.equals("log") || last.equals("exec")) && !this.pods.containsKey(path[4] + "/" + path[6])) {
			return new MockResponse().setResponseCode(404);
		}
		return switch (last) {
			case "selfsubjectaccessreviews" -> text(
					"{\"kind\": \"SelfSubjectAccessReview\", \"apiVersion\": \"authorization.k8s.io/v1\", \"status\": {\"allowed\": true}}");
			case "apis" -> text("{\"kind\": \"APIGroupList\", \"apiVersion\": \"v1\", \"groups\": []}");
			case "probes" -> isSilent(path[4]) ? timeout() : text(metrics(path[4]));
			case "log" -> isSilent(pod(path).node) ? timeout()
					: text(pod(path).log(request.getPath().contains("previous=true")));
			case "exec" ->
				isSilent(pod(path).node) ? timeout() : output(run(pod(path), command(request.getPath())));
			default -> {
				if (request.method() == HttpMethod.PATCH) {
					yield apply(request, path);
				}
				if (request.method() == HttpMethod.DELETE) {
					delete(path);
				}
				yield this.objects.dispatch(request);
			}
		};
	}

	private static MockResponse text(String text) {
		return new MockResponse().setResponseCode(200).setBody(text);
	}

	private static MockResponse timeout() {
		return new MockResponse().setResponseCode(502)
			.setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":502,\"message\":\"dial tcp: i/o timeout\"}")
			.setBodyDelay(Duration.ofSeconds(30));
	}

	private FakePod pod(String[] path) {
		return Objects.requireNonNull(this.pods.get(path[4] + "/" + path[6]));
	}

	private MockResponse apply(RecordedRequest request, String[] path) {
		String collection = String.join("/", List.of(path).subList(0, path.length - 1));
		HasMetadata object = Serialization.unmarshal(request.getUtf8Body(), HasMetadata.class);
		MockResponse created = store(HttpMethod.POST, collection, object);
		if (object instanceof Pod pod) {
			int address = this.addresses.getAndIncrement();
			FakePod started = new FakePod(pod, "10.42.%d.%d".formatted(address / 250, 1 + address % 250));
			this.pods.put(path[4] + "/" + path[6], started);
			started.update();
		}
		else if (collection.endsWith("networkpolicies")) {
			this.underPolicies.add(path[5]);
		}
		return created;
	}

	private void delete(String[] path) {
		if (path[path.length - 2].equals("networkpolicies")) {
			this.underPolicies.remove(path[5]);
		}
		else if (path[path.length - 2].equals("namespaces")) {
			this.pods.keySet().removeIf((pod) -> pod.startsWith(path[path.length - 1] + "/"));
		}
	}

	private String metrics(String node) {
		return this.pods.values()
			.stream()
			.filter((pod) -> pod.node.equals(node) && pod.period > 0)
			.flatMap((pod) -> Stream.of(Kind.values()).map(pod::metrics))
			.collect(Collectors.joining());
	}

	private static List<String> command(String path) {
		return Stream.of(path.split("[?]")[1].split("&"))
			.filter((parameter) -> parameter.startsWith("command="))
			.map((parameter) -> URLDecoder.decode(parameter.substring("command=".length()), StandardCharsets.UTF_8))
			.toList();
	}

	/** Runs one of the commands that the lab runs in pods. */
	private String run(FakePod pod, List<String> command) {
		if (command.getFirst().equals("ip")) {
			return "2: eth0 inet %s/24%n".formatted(FakePod.NODE_IP);
		}
		if (command.getFirst().equals("sh")) {
			return (command.size() > 4) ? controls(pod, command.subList(4, command.size())) : "";
		}
		pod.set(command.getLast().endsWith(Kind.LIVENESS.label()) ? Kind.LIVENESS : Kind.READINESS,
				command.stream().anyMatch((word) -> word.contains("broken")));
		return "";
	}

	/** A line for each connection. Its address and its time limit are two arguments. */
	private String controls(FakePod from, List<String> connections) {
		return IntStream.range(0, connections.size() / 2)
			.mapToObj((i) -> "%d curl %d said%n".formatted(i, isOpen(from, connections.get(2 * i)) ? 0 : 28))
			.collect(Collectors.joining());
	}

	private boolean isOpen(FakePod from, String url) {
		String ip = IP.matcher(url).results().findFirst().orElseThrow().group();
		return Stream.concat(Stream.of(from), this.pods.values().stream().filter((pod) -> pod.ip.equals(ip)))
			.noneMatch((pod) -> this.underPolicies.contains(pod.pod.getMetadata().getNamespace()));
	}

	/** The output of a command that succeeds, on the channels of a web socket. */
	private static MockResponse output(String output) {
		return new MockResponse().withWebSocketUpgrade(new WebSocketListener() {

			@Override
			public void onOpen(WebSocket socket, Response response) {
				socket.send(("\1" + output).getBytes(StandardCharsets.UTF_8));
				socket.send("\3{\"metadata\": {}, \"status\": \"Success\"}".getBytes(StandardCharsets.UTF_8));
				socket.close(1000, "");
			}

		});
	}

	/** A pod of the lab. */
	private final class FakePod {

		private static final String NODE_IP = "10.42.255.1";

		private final Pod pod;

		private final String node;

		private final String ip;

		private final int period;

		private final Instant started = Instant.now();

		private final Map<Kind, Integer> failed = new ConcurrentHashMap<>();

		private Instant restarted = this.started;

		private int restarts;

		private boolean ready = true;

		private FakePod(Pod pod, String ip) {
			this.pod = pod;
			this.ip = ip;
			Probe probe = ContainerUnderTest.container(pod).getStartupProbe();
			this.period = (probe != null) ? probe.getPeriodSeconds() : 0;
			this.node = pod.getSpec()
				.getAffinity()
				.getNodeAffinity()
				.getRequiredDuringSchedulingIgnoredDuringExecution()
				.getNodeSelectorTerms()
				.getFirst()
				.getMatchExpressions()
				.getFirst()
				.getValues()
				.getFirst();
		}

		/** The kubelet restarts a container after three probes, and notices readiness at once. */
		private synchronized void set(Kind kind, boolean broken) {
			if (broken) {
				this.failed.merge(kind, 3, Integer::sum);
			}
			if (kind == Kind.READINESS) {
				this.ready = !broken;
				update();
			}
			else {
				CompletableFuture.delayedExecutor(3L * this.period, TimeUnit.SECONDS).execute(this::restart);
			}
		}

		private synchronized void restart() {
			this.restarts++;
			this.restarted = Instant.now();
			update();
		}

		private void update() {
			var status = new PodBuilder(this.pod).editSpec().withNodeName(this.node).endSpec().withNewStatus();
			if (isSilent(this.node)) {
				status.withPhase("Pending");
			}
			else {
				status.withPhase("Running")
					.withStartTime(this.started.toString())
					.withPodIP(this.ip)
					.addNewContainerStatus()
					.withName(ContainerUnderTest.NAME)
					.withReady(this.ready)
					.withImageID("sha256:0")
					.withRestartCount(this.restarts)
					.withNewState()
					.withNewRunning(this.restarted.toString())
					.endState()
					.endContainerStatus();
			}
			Pod now = status.endStatus().build();
			String path = "/api/v1/namespaces/%s/pods/%s".formatted(now.getMetadata().getNamespace(),
					now.getMetadata().getName());
			store(HttpMethod.PUT, path, now);
			store(HttpMethod.PUT, path + "/status", now);
		}

		/** The lines of the kubelet about its probes of a kind. */
		private synchronized String metrics(Kind kind) {
			long successful = (kind == Kind.STARTUP) ? this.restarts + 1
					: Duration.between(this.started, Instant.now()).toSeconds() / this.period;
			String labels = "container=\"%s\",namespace=\"%s\",pod=\"%s\",probe_type=\"%s\"".formatted(
					ContainerUnderTest.NAME, this.pod.getMetadata().getNamespace(), this.pod.getMetadata().getName(),
					kind);
			String total = "prober_probe_total{" + labels
					+ ",pod_uid=\"00000000-0000-0000-0000-000000000000\",result=\"%s\"} %d\n";
			String duration = "prober_probe_duration_seconds_";
			return total.formatted("successful", successful) + total.formatted("failed", this.failed.getOrDefault(kind, 0))
					+ BUCKETS.stream()
						.map((bound) -> "%sbucket{%s,le=\"%s\"} %d\n".formatted(duration, labels, bound, successful))
						.collect(Collectors.joining())
					+ "%1$ssum{%2$s} 0.1\n%1$scount{%2$s} %3$d\n".formatted(duration, labels, successful);
		}

		/** The access log of a container. */
		private synchronized String log(boolean previous) {
			if (this.period == 0) {
				return "";
			}
			Instant from = previous ? this.started : this.restarted;
			Instant to = previous ? this.restarted : Instant.now();
			Mechanism mechanism = Stream.of(Mechanism.values())
				.filter((each) -> this.pod.getMetadata().getName().startsWith(ShippedPod.name(each)))
				.findFirst()
				.orElseThrow();
			return LongStream.rangeClosed(0, Duration.between(from, to).toSeconds() / this.period)
				.boxed()
				.flatMap((i) -> Stream.of(Kind.values())
					.filter((kind) -> i == 0 || kind != Kind.STARTUP)
					.map((kind) -> line(from.plusSeconds(i * this.period), mechanism, kind)))
				.collect(Collectors.joining());
		}

		private String line(Instant time, Mechanism mechanism, Kind kind) {
			String[] request = ShippedPod.request(mechanism, kind).split(" ");
			boolean inside = mechanism == Mechanism.EXEC;
			return """
					%s {"severity": "INFO", "httpRequest": {"requestMethod": "%s", "requestUrl": "%s", "status": 200, \
					"remoteIp": "%s"}, "logging.googleapis.com/labels": {%s}}
					""".formatted(time, request[0], request[1], inside ? "127.0.0.1" : NODE_IP, inside
					? "\"caller\": \"loopback\"" : "\"caller\": \"node\", \"probe\": \"%s\"".formatted(kind.label()));
		}

	}

}
