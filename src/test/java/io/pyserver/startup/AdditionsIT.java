package io.pyserver.startup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

import io.pyserver.ThoroughTest;
import io.pyserver.support.PrintedPort;
import io.pyserver.support.UnpackedImage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a user adds first works: one class and two starters in a copy of the project, with
 * no other change, in each way to run it.
 */
@ThoroughTest
@Order(7)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class AdditionsIT {

	private static final Path ADDITIONS = Path.of("src/test/additions/Additions.java");

	private static final String STARTERS = """
			<dependencies>
			    <dependency>
			      <groupId>org.springframework.boot</groupId>
			      <artifactId>spring-boot-starter-validation</artifactId>
			    </dependency>
			    <dependency>
			      <groupId>org.springframework.boot</groupId>
			      <artifactId>spring-boot-starter-websocket</artifactId>
			    </dependency>
			""";

	/**
	 * What is in the folder of the project and is not of the project. It is not walked
	 * through, because it changes meanwhile.
	 */
	private static final List<String> LEFT = List.of("target", ".git");

	private static final String NAME = "--addition.name=bound";

	private static final List<String> PORTS = List.of("--server.port=0", "--management.server.port=0");

	private static final String JSON = "application/json";

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);

	@TempDir
	static Path directory;

	private static Path project;

	private Process service;

	private Path log;

	@BeforeAll
	static void build() throws Exception {
		project = directory.resolve("project");
		Files.createDirectory(project);
		try (Stream<Path> top = Files.list(Path.of(""))) {
			for (Path each : top.filter((file) -> !LEFT.contains(file.toString())).toList()) {
				FileSystemUtils.copyRecursively(each, project.resolve(each));
			}
		}
		Path target = project.resolve("src/main/java/io/pyserver/additions");
		Files.copy(ADDITIONS, Files.createDirectory(target).resolve("Additions.java"));
		Path pom = project.resolve("pom.xml");
		Files.writeString(pom, Files.readString(pom).replaceFirst("<dependencies>\\n", STARTERS));

		Path log = directory.resolve("build.log");
		Process maven = maven(log, "package");
		assertThat(maven.waitFor()).as(() -> "the build of the copy: " + read(log)).isZero();
	}

	private static Process maven(Path log, String... goals) throws IOException {
		List<String> command = new ArrayList<>(List.of("./mvnw", "--batch-mode", "--no-transfer-progress",
				"-Dmaven.test.skip=true", "-Dspring-javaformat.validate.skip=true", "-Dlab-image.phase=none"));
		if (System.getProperty("build", "").equals("offline=true")) {
			command.add("--offline");
		}
		command.addAll(List.of(goals));
		return new ProcessBuilder(command).directory(project.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
	}

	@AfterEach
	void stop() throws InterruptedException {
		List<ProcessHandle> all = Stream.concat(this.service.descendants(), Stream.of(this.service.toHandle()))
			.toList();
		all.forEach(ProcessHandle::destroy);
		this.service.waitFor();
		await().atMost(Duration.ofSeconds(30)).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
	}

	@Test
	void additionsWorkUnderSpringBootRun() throws Exception {
		this.log = directory.resolve("run.log");
		this.service = maven(this.log, "spring-boot:run",
				"-Dspring-boot.run.arguments=" + String.join(" ", PORTS) + " " + NAME);
		tryAll();
	}

	@Test
	void additionsWorkInTheExecutableJar() throws Exception {
		this.log = directory.resolve("jar.log");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
						project.resolve("target/pyserver-1.0.jar").toString(), NAME));
		command.addAll(PORTS);
		this.service = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(this.log.toFile()).start();
		tryAll();
	}

	@Test
	@EnabledIf(value = "io.pyserver.support.UnpackedImage#isBuilt",
			disabledReason = "there is no target/jib-image.tar; the build's output says why")
	void additionsWorkInTheImage() throws Exception {
		this.log = directory.resolve("image.log");
		UnpackedImage image = UnpackedImage.of(project.resolve(UnpackedImage.ARCHIVE),
				Files.createDirectory(directory.resolve("image")));
		this.service = image.start(this.log, NAME);
		tryAll();
	}

	private void tryAll() throws Exception {
		URI page = URI.create("http://127.0.0.1:" + PrintedPort.of(this.service, this.log));
		URI operators = URI.create("http://127.0.0.1:" + PrintedPort.ofOperators(this.log));
		try (HttpClient client = HttpClient.newHttpClient()) {
			JsonNode state = await().atMost(Duration.ofSeconds(10))
				.until(() -> json(get(client, page.resolve("/addition"))),
						(all) -> all.at("/scheduled").asInt() > 1 && all.at("/heard").asInt() > 0);
			assertThat(state.at("/heard").asInt()).as("events that the listener heard").isOne();
			assertThat(state.at("/name").asString()).as("what @ConfigurationProperties bound").isEqualTo("bound");

			assertThat(get(client, page.resolve("/addition/waiting")).body())
				.as("the answer of a controller that waits for another virtual thread")
				.isEqualTo("waited");

			assertThat(get(client, page.resolve("/addition/client")).body()).as("the answer of an HTTP client")
				.isEqualTo("HTTP_2");
			assertThat(post(client, page.resolve("/addition/form"), FORM, "item=Th%C3%A9").body()).as("a form's field")
				.isEqualTo("Thé");
			assertThat(sentBack(client, URI.create("ws://" + page.getAuthority() + "/addition/socket"), "hello"))
				.as("the answer over a WebSocket")
				.isEqualTo("hello");

			HttpResponse<String> ordered = post(client, page.resolve("/addition"), JSON, "{\"item\":\"tea\"}");
			assertThat(ordered.statusCode()).isEqualTo(200);
			assertThat(ordered.headers().firstValue("Content-Type")).contains(JSON);
			assertThat(post(client, page.resolve("/addition"), JSON, "{\"item\":\" \"}").statusCode()).isEqualTo(400);

			assertThat(get(client, page).headers().firstValue("X-Addition")).contains("filtered");
			assertThat(get(client, page).body()).startsWith("Built Locally and Pushed");
			assertThat(get(client, page.resolve("/unknown")).statusCode()).isEqualTo(404);

			assertThat(
					json(get(client, operators.resolve("/actuator/health"))).at("/components/addition/details/addition")
						.asString(""))
				.isEqualTo("healthy");
			assertThat(get(client, operators.resolve("/actuator/prometheus")).body())
				.contains("addition_orders_total 1.0");
		}
	}

	private static JsonNode json(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as("status of what says %s", answer.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body());
	}

	private static HttpResponse<String> get(HttpClient client, URI uri) throws IOException, InterruptedException {
		return client.send(HttpRequest.newBuilder(uri).timeout(ANSWERED_WITHIN).build(), BodyHandlers.ofString());
	}

	private static HttpResponse<String> post(HttpClient client, URI uri, String type, String body)
			throws IOException, InterruptedException {
		return client.send(
				HttpRequest.newBuilder(uri).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(),
				BodyHandlers.ofString());
	}

	private static String sentBack(HttpClient client, URI uri, String message) {
		CompletableFuture<String> received = new CompletableFuture<>();
		WebSocket socket = client.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {
			@Override
			public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
				received.complete(text.toString());
				return null;
			}
		}).orTimeout(ANSWERED_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
		try {
			socket.sendText(message, true).join();
			return received.orTimeout(ANSWERED_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
		}
		finally {
			socket.abort();
		}
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
