package io.pyserver.startup;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pyserver.support.JavaCommand;
import io.pyserver.support.PrintedPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The jar that needs nothing but Java: {@code java -jar}, and it theExecutableJarAnswers.
 */
class ExecutableJarIT {

	@TempDir
	private Path directory;

	private Process service;

	@AfterEach
	void stop() throws InterruptedException {
		this.service.destroy();
		this.service.waitFor();
	}

	@Test
	void theExecutableJarAnswers() throws Exception {
		Path log = this.directory.resolve("log");
		this.service = JavaCommand
			.of("-Djava.io.tmpdir=" + this.directory, "-jar", "target/pyserver-1.0.jar", "--server.port=0",
					"--management.server.port=0")
			.redirectOutput(log.toFile())
			.start();
		int port = PrintedPort.of(this.service, log);

		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<String> page = client.send(
					HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
					BodyHandlers.ofString());
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).startsWith("Built Locally and Pushed\n from: ");
			assertThat(log).content().doesNotContain("WARNING");
		}
	}

}
