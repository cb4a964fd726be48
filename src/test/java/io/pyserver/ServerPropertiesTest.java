package io.pyserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.web.context.support.StandardServletEnvironment;

import io.pyserver.accesslog.CapturedAccessLog;
import io.pyserver.support.OneStartAtATime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What Spring Boot documents for {@code server.*} is what happens, asked for as on
 * Kubernetes: with an environment variable.
 */
@ExtendWith(OneStartAtATime.class)
@Execution(ExecutionMode.SAME_THREAD)
@Timeout(180)
@Order(2)
class ServerPropertiesTest {

	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	private static final int SOON = 500;

	private static final int LATE = 10_000;

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final SlowFilter slow = new SlowFilter();

	private ServletWebServerApplicationContext service;

	@AfterEach
	void stop() throws IOException {
		this.slow.goOn.countDown();
		for (Socket connection : this.connections) {
			connection.close();
		}
		if (this.service != null) {
			this.service.close();
		}
	}

	@Test
	void aConnectionAboveMaxConnectionsWaitsUntilAnotherIsClosed() throws IOException {
		start("SERVER_TOMCAT_MAX_CONNECTIONS", "2");
		Socket first = ask("/version");
		assertThat(firstLine(first, LATE)).contains("200");
		assertThat(firstLine(ask("/version"), LATE)).contains("200");

		Socket third = ask("/version");
		assertThat(firstLine(third, SOON)).isEqualTo("nothing yet");
		first.close();
		assertThat(firstLine(third, LATE)).contains("200");
	}

	@Test
	void connectionTimeoutClosesAConnectionWithoutARequest() throws IOException {
		start("SERVER_TOMCAT_CONNECTION_TIMEOUT", "300ms");
		assertThat(firstLine(connect(), LATE)).isEqualTo("the end");
	}

	@Test
	void aConnectionWithoutARequestStaysOpenByDefault() throws IOException {
		start("SERVER_PORT", "0");
		assertThat(firstLine(connect(), 2 * SOON)).isEqualTo("nothing yet");
	}

	@Test
	void acceptCountLimitsTheWaitingConnections() throws IOException {
		start("SERVER_TOMCAT_ACCEPT_COUNT", "1", "SERVER_TOMCAT_MAX_CONNECTIONS", "1");
		assertThat(connectionsOf(10)).as("1 served, 1 taken in advance, and the kernel's reading of 1 to wait")
			.isBetween(2, 5);
	}

	@Test
	void tenConnectionsCanWaitByDefault() throws IOException {
		start("SERVER_TOMCAT_MAX_CONNECTIONS", "1");
		assertThat(connectionsOf(10)).isEqualTo(10);
	}

	@Test
	void aGracefulShutdownAnswersARunningRequest() throws Exception {
		start("SERVER_PORT", "0");
		Socket request = askSlowly();
		Thread closing = Thread.startVirtualThread(this.service::close);

		assertThat(closing.join(Duration.ofMillis(2 * SOON))).as("closed before the answer").isFalse();
		this.slow.goOn.countDown();
		assertThat(firstLine(request, LATE)).contains("200");
		closing.join();
	}

	@Test
	void anImmediateShutdownDoesNotAnswerARunningRequest() throws Exception {
		start("SERVER_SHUTDOWN", "immediate");
		Socket request = askSlowly();

		Thread closing = Thread.startVirtualThread(this.service::close);
		assertThat(firstLine(request, LATE)).isEqualTo("the end");
		this.slow.goOn.countDown();
		closing.join();
	}

	@ParameterizedTest
	@CsvSource({ "SERVER_TOMCAT_MAX_CONNECTIONS, server.tomcat.max-connections, many, int",
			"SERVER_TOMCAT_ACCEPT_COUNT, server.tomcat.accept-count, 1.5, int",
			"SERVER_TOMCAT_CONNECTION_TIMEOUT, server.tomcat.connection-timeout, tomorrow, java.time.Duration",
			"SERVER_SHUTDOWN, server.shutdown, sometimes, org.springframework.boot.web.server.Shutdown",
			"PYSERVER_GRPC_HEALTH, pyserver.grpc-health, maybe, boolean",
			"PYSERVER_TCP_PROBES, pyserver.tcp-probes, liveness, io.pyserver.tcp.TcpPorts",
			"PYSERVER_LOG_FORMAT, pyserver.log.format, xml, io.pyserver.PyserverProperties$Log$Format" })
	void aWrongValueStopsTheStartAndIsNamed(String variable, String property, String value, String type) {
		Throwable failure = catchThrowable(() -> start(variable, value));

		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (_, _, _) -> {
		}).stream().map((analyzer) -> analyzer.analyze(failure)).filter(Objects::nonNull).findFirst())
			.hasValueSatisfying((analysis) -> assertThat(analysis.getDescription())
				.contains("Failed to bind properties under '" + property + "' to " + type)
				.contains("Value: \"" + value + "\"")
				.contains("Reason: failed to convert java.lang.String to "));
	}

	private void start(String... variables) {
		SpringApplication application = new SpringApplication(PyserverApplication.class, CapturedAccessLog.class);
		application.addInitializers((context) -> ((ServletWebServerApplicationContext) context).getBeanFactory()
			.registerSingleton("slow", this.slow));
		StandardServletEnvironment environment = new StandardServletEnvironment();
		Map<String, Object> set = new HashMap<>(Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0"));
		for (int i = 0; i < variables.length; i += 2) {
			set.put(variables[i], variables[i + 1]);
		}
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, set));
		application.setEnvironment(environment);
		this.service = (ServletWebServerApplicationContext) application.run();
	}

	/** All at once: who is not let in waits in vain. */
	private int connectionsOf(int wanted) {
		AtomicInteger made = new AtomicInteger();
		try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < wanted; i++) {
				clients.execute(() -> {
					try {
						connect();
						made.incrementAndGet();
					}
					catch (IOException ex) {
						// Not let in.
					}
				});
			}
		}
		return made.get();
	}

	private Socket connect() throws IOException {
		Socket connection = new Socket();
		this.connections.add(connection);
		connection.connect(new InetSocketAddress(LOOPBACK, this.service.getWebServer().getPort()), SOON);
		return connection;
	}

	private Socket ask(String path) throws IOException {
		Socket connection = connect();
		connection.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		return connection;
	}

	private Socket askSlowly() throws IOException {
		Socket connection = ask("/version?slow");
		await().until(() -> this.slow.asked.getCount() == 0);
		return connection;
	}

	private static String firstLine(Socket connection, int patience) throws IOException {
		connection.setSoTimeout(patience);
		byte[] line = new byte[15];
		try {
			int read = connection.getInputStream().readNBytes(line, 0, line.length);
			return (read == 0) ? "the end" : new String(line, 0, read, StandardCharsets.US_ASCII);
		}
		catch (SocketTimeoutException ex) {
			return "nothing yet";
		}
	}

	/** Holds up who asks for it until the test has seen enough. */
	private static final class SlowFilter implements Filter {

		private final CountDownLatch asked = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			if (request.getParameter("slow") != null) {
				this.asked.countDown();
				try {
					this.goOn.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			chain.doFilter(request, response);
		}

	}

}
