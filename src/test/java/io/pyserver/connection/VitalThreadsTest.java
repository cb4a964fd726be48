package io.pyserver.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

import io.pyserver.PyserverApplication;
import io.pyserver.wire.PrintedPort;
import io.pyserver.wire.RawClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that could take connections and answer none is no longer there. Each runs as
 * a process of its own, with a thread that dies of the first connection.
 */
class VitalThreadsTest {

	@ParameterizedTest
	@CsvSource({ "DyingAcceptor, -Acceptor", "DyingPoller, -Poller" })
	void theProcessEndsWithAThreadThatItCannotServeWithout(String fault, String thread, @TempDir Path directory)
			throws Exception {
		Path log = directory.resolve("log");
		Process service = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), PyserverApplication.class.getName(), "--server.port=0",
				"--management.server.port=0", "--logging.level.root=info",
				"--spring.main.sources=" + getClass().getName() + "$" + fault)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			askInVain(PrintedPort.of(service, log));
			assertThat(service.waitFor(10, TimeUnit.SECONDS)).as("has ended").isTrue();
		}
		finally {
			service.destroyForcibly();
		}
		assertThat(service.exitValue()).isEqualTo(4);
		assertThat(Files.readString(log)).containsPattern("The thread http-nio-\\S+" + thread + " has died");
	}

	private static void askInVain(int port) {
		try {
			new RawClient(port).sendAndWait("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
		}
		catch (IOException ex) {
			// It has ended already.
		}
	}

	private static NodeFirstProtocol protocol(WebServerInitializedEvent event) {
		return (NodeFirstProtocol) ((TomcatWebServer) event.getWebServer()).getTomcat()
			.getConnector()
			.getProtocolHandler();
	}

	static final class DyingAcceptor implements ApplicationListener<WebServerInitializedEvent> {

		@Override
		public void onApplicationEvent(WebServerInitializedEvent event) {
			if (event.getApplicationContext().getServerNamespace() == null) {
				protocol(event).use((_) -> {
					throw new InternalError("on purpose");
				}, new SourceFilter(List.of()), new ConnectionCounts());
			}
		}

	}

	static final class DyingPoller implements ApplicationListener<WebServerInitializedEvent> {

		@Override
		public void onApplicationEvent(WebServerInitializedEvent event) {
			if (event.getApplicationContext().getServerNamespace() == null) {
				protocol(event).setExecutor((_) -> {
					throw new InternalError("on purpose");
				});
			}
		}

	}

}
