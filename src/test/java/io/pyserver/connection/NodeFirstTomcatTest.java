package io.pyserver.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.util.NetMask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.Shutdown;

import io.pyserver.support.OneStartAtATime;
import io.pyserver.support.SelfSigned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The web server by itself, with a servlet that says in which thread it runs. The node
 * calls from 127.0.0.2, everyone else from 127.0.0.3.
 */
@ExtendWith(OneStartAtATime.class)
@Execution(ExecutionMode.SAME_THREAD)
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has two queues for one port")
@Timeout(180)
@Order(2)
class NodeFirstTomcatTest {

	private static final String NODE = "127.0.0.2";

	private static final String EVERYONE = "127.0.0.3";

	private static final int MOST = 256;

	private static final int MOST_OF_THE_NODE = 32;

	private final ConnectionCounts counts = new ConnectionCounts();

	private final NodeFirstTomcat factory = new NodeFirstTomcat(new SourceFilter(List.of(new NetMask(NODE))),
			this.counts, true);

	private final Answers answers = new Answers();

	private final List<Socket> connections = new ArrayList<>();

	private TomcatWebServer server;

	@AfterEach
	void stop() throws IOException {
		this.answers.goOn.countDown();
		leave();
		this.server.stop();
		this.server.destroy();
	}

	private void leave() throws IOException {
		for (Socket connection : this.connections) {
			connection.close();
		}
		this.connections.clear();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theNodeHasItsOwnThreads(boolean tls, @TempDir Path directory) throws Exception {
		if (tls) {
			this.factory.setSsl(SelfSigned.in(directory));
		}
		start(this.factory);
		assertThat(answer(send(open(NODE, tls), "/"))).startsWith("node-");
		assertThat(answer(send(open(EVERYONE, tls), "/"))).isNotEmpty().doesNotStartWith("node-");
	}

	@Test
	void theManagementServerHasOneConnectorAndNoLimit() throws Exception {
		start(new NodeFirstTomcat());
		assertThat(this.server.getTomcat().getService().findConnectors()).hasSize(1);
		assertThat(answer(send(open(NODE, false), "/"))).isNotEmpty().doesNotStartWith("node-");
		open(EVERYONE, MOST + 1);
		await().until(() -> heldByEveryones() > MOST);
	}

	/** As it takes no program of more than 4,096 instructions. */
	@Test
	void thereIsOneConnectorIfTheKernelRefusesTheFilter() throws Exception {
		List<NetMask> tooMany = Collections.nCopies(1_000, new NetMask("fd00::1"));
		start(new NodeFirstTomcat(new SourceFilter(tooMany), this.counts, true));
		assertThat(this.server.getTomcat().getService().findConnectors()).hasSize(1);
		assertThat(answer(send(open(NODE, false), "/"))).isNotEmpty().doesNotStartWith("node-");
	}

	@Test
	void theConnectionThatHasBeenIdleLongestIsEvictedAtTheLimit() throws Exception {
		start(this.factory);
		Socket first = open(EVERYONE, false);
		await().until(() -> heldByEveryones() == 1);
		open(EVERYONE, MOST - 1);
		await().until(() -> heldByEveryones() == MOST);
		await().untilAsserted(() -> assertThat(answer(send(open(EVERYONE, false), "/"))).isNotEmpty());
		assertThat(this.counts.evicted()).isPositive();
		assertThat(first.getInputStream().read()).as("the first one's end").isEqualTo(-1);
	}

	@Test
	void anIdleConnectionIsEvictedAfterAnEarlierFlood() throws Exception {
		start(this.factory);
		open(EVERYONE, MOST);
		await().until(() -> heldByEveryones() == MOST);
		await().untilAsserted(() -> assertThat(answer(send(open(EVERYONE, false), "/"))).isNotEmpty());
		leave();
		await().until(() -> heldByEveryones() == 0);
		open(EVERYONE, MOST);
		await().during(Duration.ofMillis(300)).until(() -> heldByEveryones() == MOST);
		long shed = this.counts.shed();

		assertThat(answer(send(open(EVERYONE, false), "/"))).isNotEmpty();
		assertThat(this.counts.shed()).isEqualTo(shed);
	}

	@Test
	void aNewConnectionIsShedIfNoneIsIdle() throws Exception {
		start(this.factory);
		// On a busy machine the first may have been silent for long before the last has
		// come. The node's limit is the lowest, so fewer have to come in that time.
		await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
			leave();
			open(NODE, 3 * MOST_OF_THE_NODE);
			assertThat(this.counts.shed()).isPositive();
		});
	}

	@Test
	void aConnectionOfTheNodeEvictsOneOfTheNode() throws Exception {
		start(this.factory);
		open(NODE, 40);
		await().untilAsserted(() -> assertThat(answer(send(open(NODE, false), "/"))).startsWith("node-"));
	}

	@Test
	void stalledRequestsAreEvictedAndServedRequestsAreNot() throws Exception {
		start(this.factory);
		Socket served = send(open(EVERYONE, false), "/slow");
		this.answers.begun.await();
		for (Socket slow : open(EVERYONE, MOST / 4 + 10)) {
			slow.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
		}
		await().untilAsserted(() -> assertThat(this.counts.evicted()).isPositive());
		await().untilAsserted(() -> assertThat(answer(send(open(EVERYONE, false), "/"))).isNotEmpty());
		this.answers.goOn.countDown();
		assertThat(answer(served)).isNotEmpty();
	}

	@Test
	void anAsynchronousAnswerIsNotEvicted() throws Exception {
		start(this.factory);
		Socket stream = send(open(EVERYONE, false), "/stream");
		this.answers.begun.await();
		open(EVERYONE, MOST + 50);
		await().untilAsserted(() -> assertThat(answer(send(open(EVERYONE, false), "/"))).isNotEmpty());
		this.answers.stream.getResponse().getWriter().print("still here");
		this.answers.stream.complete();
		assertThat(answer(stream)).contains("still here");
	}

	@Test
	void aShutdownRefusesConnectionsOfBothConnectorsAtOnce() throws Exception {
		this.factory.setShutdown(Shutdown.GRACEFUL);
		start(this.factory);
		Socket served = send(open(EVERYONE, false), "/slow");
		this.answers.begun.await();
		int port = this.server.getPort();
		this.server.shutDownGracefully((_) -> {
		});
		for (String source : List.of(NODE, EVERYONE)) {
			await().untilAsserted(() -> assertThatExceptionOfType(ConnectException.class)
				.isThrownBy(() -> open(source, false, port)));
		}
		this.answers.goOn.countDown();
		assertThat(answer(served)).isNotEmpty();
	}

	private void start(NodeFirstTomcat made) {
		made.setPort(0);
		this.server = (TomcatWebServer) made.getWebServer((context) -> {
			var servlet = context.addServlet("answers", this.answers);
			servlet.setAsyncSupported(true);
			servlet.addMapping("/");
		});
		this.server.start();
	}

	private List<Socket> open(String source, int number) throws IOException {
		List<Socket> opened = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			opened.add(open(source, false));
		}
		return opened;
	}

	private int heldByEveryones() {
		return ((BoundedProtocol) this.server.getTomcat().getConnector().getProtocolHandler()).endpoint()
			.getConnections()
			.size();
	}

	private Socket open(String source, boolean tls) throws IOException {
		return open(source, tls, this.server.getPort());
	}

	private Socket open(String source, boolean tls, int port) throws IOException {
		Socket connection = new Socket();
		this.connections.add(connection);
		connection.setSoTimeout(30_000);
		connection.bind(new InetSocketAddress(source, 0));
		connection.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
		return tls ? SelfSigned.client(connection) : connection;
	}

	private static Socket send(Socket connection, String path) throws IOException {
		connection.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return connection;
	}

	/** Its body, or nothing where there is none. */
	private static String answer(Socket connection) {
		try {
			String all = new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			return all.startsWith("HTTP/1.1 200") ? all.substring(all.indexOf("\r\n\r\n") + 4) : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	@SuppressWarnings("serial")
	private static final class Answers extends HttpServlet {

		private final transient CountDownLatch begun = new CountDownLatch(1);

		private final transient CountDownLatch goOn = new CountDownLatch(1);

		private transient volatile AsyncContext stream;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			switch (request.getRequestURI()) {
				case "/slow" -> {
					this.begun.countDown();
					try {
						this.goOn.await();
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
				}
				case "/stream" -> {
					this.stream = request.startAsync();
					this.stream.setTimeout(0);
					response.flushBuffer();
					this.begun.countDown();
					return;
				}
				default -> {
				}
			}
			response.getWriter().print(Thread.currentThread().getName());
		}

	}

}
