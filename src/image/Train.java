import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates the image's AOT cache (JEP 483, 514, 515). It runs the service once with the image's runtime, JVM options and
 * jars, and sends it a few requests. The JVM then writes the classes that it loaded, linked and profiled to the cache.
 *
 * <p>
 * The JVM accepts a cache only for jars of the same size and modification time in the same order. So they are arranged
 * as in Jib's image: the application first, then Maven's order, dated one second after the epoch.
 */
class Train {

	private static final FileTime JIB_TIME = FileTime.from(Instant.ofEpochSecond(1));

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * The requests that a pod gets from its start on. Requests of operators are left out, because each start links all
	 * classes of the cache: those of Actuator and the board take 7 % of its processor time and 2.4 MB (2026-11-29,
	 * medians of 7 runs).
	 */
	private static final List<String> REQUESTS = List.of("GET /", "HEAD /", "GET /version", "GET /unknown", "POST /",
			"GET /livez");

	/**
	 * Creates the cache, and ends the build with exit code 1 when that fails.
	 * @param classPath the service's class path; its first entry, the service's classes,
	 * is replaced by the application's jar
	 * @param work a directory for intermediate files
	 */
	static void train(Path runtime, Path options, String mainClass, Path application, String classPath, Path work,
			Path cache) throws Exception {
		String name = application.getFileName().toString().replace(".jar.original", ".original.jar");
		String trained = Stream
			.concat(Stream.of(copy(application, work.resolve("classpath/" + name))),
					Stream.of(classPath.split(":"))
						.skip(1)
						.map(Path::of)
						.map((jar) -> copy(jar, work.resolve("libs").resolve(jar.getFileName()))))
			.map(Path::toString)
			.collect(Collectors.joining(":"));
		Files.createDirectories(cache.getParent());
		Files.deleteIfExists(cache);

		Path log = work.resolve("training.log");
		int port = freePort();
		int operators = freePort();
		ProcessBuilder command = new ProcessBuilder(runtime.resolve("bin/java").toString(), "@" + options,
				"-XX:AOTCacheOutput=" + cache, "-Djava.io.tmpdir=" + work, "-cp", trained, mainClass,
				"--server.address=127.0.0.1", "--server.port=" + port, "--management.server.port=" + operators)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile());
		command.environment().put("PYSERVER_LOG_FORMAT", "json");
		Process service = command.start();
		// Also ends them on Ctrl-C. The JVM that writes the cache is a child of the service.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			service.descendants().forEach(ProcessHandle::destroyForcibly);
			service.destroyForcibly();
		}));
		serve(service, port, operators, log);
		service.destroy();
		if (!service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			fail("The AOT cache was not finished within " + PATIENCE.toSeconds() + " seconds", log);
		}
		if (!Files.exists(cache)) {
			fail("No AOT cache was made", log);
		}
	}

	private static void fail(String what, Path log) {
		System.err.println(what + "; the reason is in " + log);
		System.exit(1);
	}

	private static Path copy(Path jar, Path copy) {
		try {
			Files.createDirectories(copy.getParent());
			Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
			return Files.setLastModifiedTime(copy, JIB_TIME);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static void serve(Process service, int port, int operators, Path log) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			Instant end = Instant.now().plus(PATIENCE);
			while (!answers(client, port) || !answers(client, operators)) {
				if (!service.isAlive() || Instant.now().isAfter(end)) {
					fail("The service that trains the AOT cache did not start", log);
				}
				Thread.sleep(50);
			}
			for (String request : REQUESTS) {
				ask(client, port, request);
			}
		}
	}

	private static boolean answers(HttpClient client, int port) throws InterruptedException {
		try {
			ask(client, port, REQUESTS.getFirst());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void ask(HttpClient client, int port, String request) throws IOException, InterruptedException {
		String[] methodAndPath = request.split(" ");
		URI uri = URI.create("http://127.0.0.1:" + port + methodAndPath[1]);
		client.send(HttpRequest.newBuilder(uri)
			.header("Probe", "liveness")
			.timeout(PATIENCE)
			.method(methodAndPath[0], HttpRequest.BodyPublishers.noBody())
			.build(), BodyHandlers.discarding());
	}

}
