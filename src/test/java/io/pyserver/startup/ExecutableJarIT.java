package io.pyserver.startup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar that needs nothing but Java: {@code java -jar}, and it answers.
 */
class ExecutableJarIT {

	private static final Duration START = Duration.ofSeconds(60);

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)[\\s\\S]*Started Pyserver");

	@TempDir
	private Path directory;

	private Process service;

	@AfterEach
	void stop() throws InterruptedException {
		this.service.destroy();
		this.service.waitFor();
	}

	@Test
	void answers() throws Exception {
		Path log = this.directory.resolve("log");
		this.service = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Djava.io.tmpdir=" + this.directory, "-jar", "target/pyserver-1.0-exec.jar", "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		int port = await().atMost(START).until(() -> port(log), (found) -> found > 0 || !this.service.isAlive());

		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<String> page = client.send(
					HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
					BodyHandlers.ofString());
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).startsWith("Built Locally and Pushed\n from: ");
		}
	}

	private static int port(Path log) throws IOException {
		return STARTED.matcher(Files.readString(log))
			.results()
			.map((MatchResult result) -> Integer.parseInt(result.group(1)))
			.findAny()
			.orElse(0);
	}

}
