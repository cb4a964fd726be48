package io.pyserver.connection;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

import io.pyserver.PyserverApplication;
import io.pyserver.support.JavaCommand;
import io.pyserver.support.PrintedPort;
import io.pyserver.support.RawClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that could take connections and answer none is no longer there. Each runs as
 * a process of its own, with a thread that dies of the first connection.
 */
@Execution(ExecutionMode.CONCURRENT)
class VitalThreadsTest {

	@ParameterizedTest
	@CsvSource({ "DyingAcceptor, -Acceptor", "DyingPoller, -Poller" })
	void theProcessExitsWhenTheAcceptorOrPollerDies(String fault, String thread, @TempDir Path directory)
			throws Exception {
		Path log = directory.resolve("log");
		Process service = JavaCommand
			.of("-cp", System.getProperty("java.class.path"), PyserverApplication.class.getName(), "--server.port=0",
					"--management.server.port=0", "--logging.level.root=info",
					"--spring.main.sources=" + getClass().getName() + "$" + fault)
			.redirectOutput(log.toFile())
			.start();
		try {
			askInVain(PrintedPort.of(service, log));
			assertThat(service.waitFor(1, TimeUnit.MINUTES)).as("has ended").isTrue();
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

	/** After all customizers. */
	static final class DyingAcceptor implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			if (bean instanceof TomcatServletWebServerFactory factory) {
				factory.setProtocol(DyingAcceptorProtocol.class.getName());
			}
			return bean;
		}

	}

	/** Made by Tomcat. */
	public static final class DyingAcceptorProtocol extends Http11NioProtocol {

		public DyingAcceptorProtocol() {
			super(new NioEndpoint() {
				@Override
				protected boolean setSocketOptions(SocketChannel socket) {
					throw new InternalError("on purpose");
				}
			});
		}

	}

	static final class DyingPoller implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

		@Override
		public void customize(TomcatServletWebServerFactory factory) {
			factory.addProtocolHandlerCustomizers((protocol) -> protocol.setExecutor((_) -> {
				throw new InternalError("on purpose");
			}));
		}

	}

}
