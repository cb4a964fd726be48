package io.pyserver.connection;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import jakarta.servlet.Filter;
import org.apache.catalina.core.StandardWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import io.pyserver.PyserverApplication;
import io.pyserver.support.FreePort;
import io.pyserver.support.OneStartAtATime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A service that is told to stop answers what it has begun. Whoever comes later is
 * refused at once, and can ask another one.
 */
@ExtendWith(OneStartAtATime.class)
@Execution(ExecutionMode.SAME_THREAD)
class GracefulShutdownTest {

	private static final String BEGINNING = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\nhalf";

	private static final String REST = "rest";

	@Test
	void aRunningRequestIsAnsweredAndNewConnectionsAreRefused() throws Exception {
		Filter reading = (request, response, chain) -> {
			request.getInputStream().readAllBytes();
			chain.doFilter(request, response);
		};
		SpringApplication application = new SpringApplication(PyserverApplication.class);
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("reading", reading));
		var service = (ServletWebServerApplicationContext) application.run("--server.port=0",
				"--management.server.port=0");
		TomcatWebServer server = (TomcatWebServer) service.getWebServer();
		int port = server.getPort();
		try (Socket begun = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
			begun.setSoTimeout(30_000);
			begun.getOutputStream().write(BEGINNING.getBytes(StandardCharsets.US_ASCII));
			await().until(() -> isServing(server));
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(service::close, Thread::startVirtualThread);
			FreePort.awaitClosed(port);
			assertThat(stopped).as("the stop, which waits for what was begun").isNotDone();
			begun.getOutputStream().write(REST.getBytes(StandardCharsets.US_ASCII));
			assertThat(begun.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 405");
			stopped.get();
		}
	}

	private static boolean isServing(TomcatWebServer server) {
		return Arrays.stream(server.getTomcat().getHost().findChildren())
			.map((context) -> (StandardWrapper) context.findChild("dispatcherServlet"))
			.anyMatch((dispatcher) -> dispatcher.getCountAllocated() > 0);
	}

}
