package io.pyserver.connection;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.pyserver.PyserverApplication;
import io.pyserver.wire.RawClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A service that is told to stop answers what it has begun. Whoever comes later is
 * refused at once, and can ask another one.
 */
class GracefulShutdownTest {

	private static final String BEGINNING = "POST /actuator/liveness HTTP/1.1\r\nHost: localhost\r\n"
			+ "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"delay";

	private static final String REST = "Ms\":0}";

	@Test
	void whatWasBegunIsAnsweredAndTheNextIsRefused() throws Exception {
		ConfigurableApplicationContext service = SpringApplication.run(PyserverApplication.class, "--server.port=0");
		int port = service.getEnvironment().getRequiredProperty("local.server.port", int.class);
		try (Socket begun = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
			begun.setSoTimeout(10_000);
			begun.getOutputStream().write(BEGINNING.getBytes(StandardCharsets.US_ASCII));
			new RawClient(port).exchange("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(service::close);
			await().untilAsserted(() -> assertThatExceptionOfType(ConnectException.class)
				.isThrownBy(() -> new RawClient(port).sendAndLeave("")));
			assertThat(stopped).as("the stop, which waits for what was begun").isNotDone();
			begun.getOutputStream().write(REST.getBytes(StandardCharsets.US_ASCII));
			assertThat(begun.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
			stopped.get();
		}
	}

}
