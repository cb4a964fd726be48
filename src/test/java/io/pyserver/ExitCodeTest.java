package io.pyserver;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import io.pyserver.support.JavaCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only what is told to stop ends with 0, as Kubernetes calls anything else an error: what
 * ends the service from within keeps its exit code. It runs as a process of its own.
 */
class ExitCodeTest {

	@Test
	void anExitFromWithinKeepsItsCode(@TempDir Path directory) throws Exception {
		Process service = JavaCommand
			.of("-cp", System.getProperty("java.class.path"), PyserverApplication.class.getName(), "--server.port=0",
					"--management.server.port=0", "--spring.main.sources=" + Exit.class.getName())
			.redirectOutput(directory.resolve("log").toFile())
			.start();
		try {
			assertThat(service.waitFor(3, TimeUnit.MINUTES)).as("has ended").isTrue();
		}
		finally {
			service.destroyForcibly();
		}
		assertThat(service.exitValue()).isEqualTo(3);
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
