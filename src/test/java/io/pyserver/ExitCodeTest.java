package io.pyserver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import io.pyserver.wire.PrintedPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Told to stop, the service ends with 0, as Kubernetes calls anything else an error; what
 * ends it on its own keeps its exit code. Each runs as a process of its own.
 */
class ExitCodeTest {

	@TempDir
	private Path directory;

	@Test
	void whatIsToldToStopEndsWithZero() throws Exception {
		Process service = start();
		PrintedPort.of(service, this.directory.resolve("log"));
		service.destroy();

		assertThat(exitCode(service)).isZero();
	}

	@Test
	void anExitKeepsItsCode() throws Exception {
		assertThat(exitCode(start("--spring.main.sources=" + Exit.class.getName()))).isEqualTo(3);
	}

	private Process start(String... properties) throws IOException {
		ProcessBuilder command = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				PyserverApplication.class.getName(), "--server.port=0", "--logging.level.root=info");
		command.command().addAll(List.of(properties));
		return command.redirectErrorStream(true).redirectOutput(this.directory.resolve("log").toFile()).start();
	}

	private static int exitCode(Process service) throws InterruptedException {
		try {
			assertThat(service.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
			return service.exitValue();
		}
		finally {
			service.destroyForcibly();
		}
	}

	/** Ends the service once its start is over. */
	static final class Exit implements ApplicationListener<ApplicationReadyEvent> {

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			Thread main = Thread.currentThread();
			Thread.ofPlatform().start(() -> {
				try {
					main.join();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				System.exit(3);
			});
		}

	}

}
