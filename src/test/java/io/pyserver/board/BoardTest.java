package io.pyserver.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.pyserver.accesslog.CapturedAccessLog;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.support.OneStartAtATime;
import io.pyserver.support.OwnAddress;
import io.pyserver.support.RawClient;
import io.pyserver.support.RawResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * The files and events of the board. An address of this host stands for the node. This
 * class has a service of its own and mostly waits, so it runs beside the other classes.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(CapturedAccessLog.class)
@ExtendWith(OneStartAtATime.UntilFirstTest.class)
@Timeout(180)
@Order(1)
class BoardTest {

	private static final List<InetAddress> ADDRESSES = addresses();

	private static ServerSocket target;

	@LocalServerPort
	private int port;

	@LocalManagementPort
	private int operators;

	@Autowired
	private ProbeSwitch probeSwitch;

	@Autowired
	private CapturedAccessLog log;

	private final List<OpenBoard> boards = new ArrayList<>();

	@DynamicPropertySource
	static void surroundings(DynamicPropertyRegistry registry) throws IOException {
		target = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
		registry.add("pyserver.board.targets", () -> "127.0.0.1:" + target.getLocalPort());
		registry.add("pyserver.board.node", () -> "worker-1");
		registry.add("pyserver.node-ips",
				() -> ADDRESSES.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(",")));
	}

	@AfterAll
	static void closeTarget() throws IOException {
		target.close();
	}

	@AfterEach
	void leave() {
		this.boards.forEach(OpenBoard::breakOff);
		this.probeSwitch.change(ProbeKind.LIVENESS, false, Duration.ZERO);
	}

	@ParameterizedTest
	@CsvSource({ "/board, text/html", "/board/signs.css, text/css", "/board/signs.html, text/html",
			"/board/board.css, text/css", "/board/board.js, text/javascript", "/board/lanes.js, text/javascript",
			"/board/switches.js, text/javascript", "/board/words.js, text/javascript" })
	void operatorsGetThePageAndItsParts(String path, String type) throws IOException {
		RawResponse response = new RawClient(this.operators).exchange(request("GET", path));

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers()).containsEntry("Content-Type", type)
			.containsEntry("X-Content-Type-Options", "nosniff")
			.containsEntry("Cache-Control", "no-store");
		assertThat(response.headers().get("Content-Security-Policy")).startsWith("default-src 'none'; ")
			.contains("script-src 'self'; ", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
	}

	@Test
	void unknownBoardFileIsNotFound() throws IOException {
		RawResponse response = new RawClient(this.operators).exchange(request("GET", "/board/nothing"));

		assertThat(response.status()).isEqualTo(404);
	}

	@Test
	void postToEventsIsNotFound() throws IOException {
		RawResponse response = new RawClient(this.operators).exchange(request("POST", "/board/events"));

		assertThat(response.status()).isEqualTo(404);
	}

	@Test
	void eventsHaveTheFullSnapshotThenChanges() throws Exception {
		OpenBoard board = open();
		JsonNode all = board.awaitEvent("all");
		assertThat(all.at("/pod/node").asString()).isEqualTo("worker-1");
		assertThat(all.at("/pod/nodeRanges/0/range").asString()).isEqualTo(ADDRESSES.getFirst().getHostAddress());
		assertThat(all.at("/lanes").valueStream().map((lane) -> lane.get("id").asString())).containsExactly("liveness",
				"readiness", "others", "egress-127.0.0.1:" + target.getLocalPort());

		probe(200);
		assertThat(all.at("/lanes/3/state").asString()).isEqualTo("open");
		assertThat(all.at("/lanes/3/source").asString()).endsWith(", connected");
		assertThat(all.at("/switches/liveness").toString()).isEqualTo("{\"broken\":false,\"delay\":0}");

		JsonNode news = await().until(() -> board.awaitEvent("news"), (event) -> !event.at("/lanes/0/ticks").isEmpty());
		assertThat(news.has("pod")).isFalse();
		assertThat(news.at("/lanes/0/state").asString()).isEqualTo("arriving");
		assertThat(news.at("/lanes/0/ticks")).hasSize(1);
		assertThat(news.at("/lanes/0/ticks/0/0").asLong()).isCloseTo(System.currentTimeMillis(), within(15_000L));
		assertThat(board.awaitEvent("news").at("/lanes/0/ticks")).isEmpty();

		this.probeSwitch.change(ProbeKind.LIVENESS, true, Duration.ofSeconds(0));
		// Probes go on, because a lane without new probes becomes silent.
		JsonNode failing = await().until(() -> {
			probe(503);
			return board.awaitEvent("news");
		}, (event) -> event.at("/lanes/0/state").asString().equals("failing"));
		assertThat(failing.at("/switches/liveness/broken").asBoolean()).isTrue();
		assertThat(failing.at("/lanes/0/since").asLong()).isCloseTo(System.currentTimeMillis(), within(15_000L));
	}

	@Test
	void egressTargetsAreNotTriedWithoutAnOpenBoard() throws Exception {
		open().awaitEvent("all");
		allLeave();

		while (awaitsConnection(200)) {
			// Those that were made while it was open.
		}
		assertThat(awaitsConnection(1_500)).as("a connection with no board open").isFalse();
	}

	@Test
	void theSixtyFifthBoardGets503() throws Exception {
		allLeave();
		for (int i = 0; i < Boards.MAX_OPEN; i++) {
			open().awaitEvent("all");
		}
		RawResponse refused = new RawClient(this.operators).exchange(request("GET", "/board/events"));
		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.body())
			.isEqualTo("64 boards are open, and no more can be; close one and open this one again\n");
		for (OpenBoard board : this.boards) {
			board.awaitEvent("news");
		}

		allLeave();
		assertThat(open().awaitEvent("all").has("pod")).isTrue();
	}

	@Test
	void simultaneousBoardsDoNotExceedTheLimit() throws Exception {
		allLeave();
		for (int i = 0; i < Boards.MAX_OPEN + 16; i++) {
			open();
		}
		assertThat(this.boards.stream().filter(BoardTest::getsSnapshot)).hasSize(Boards.MAX_OPEN);
		allLeave();
	}

	private static boolean getsSnapshot(OpenBoard board) {
		try {
			board.awaitEvent("all");
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void aBoardIsLoggedOnceWhenItEndsWithStatus200() throws Exception {
		allLeave();
		this.log.linesLeft();
		OpenBoard board = open();
		board.awaitEvent("all");
		board.close();
		allLeave();

		assertThat(nextLineOfABoard()).startsWith("127.0.0.1 - - [").endsWith("\"GET /board/events HTTP/1.0\" 200 -");
		assertThat(this.log.linesLeft()).noneMatch((line) -> line.contains(" /board/"));
	}

	private String nextLineOfABoard() throws InterruptedException {
		String line = this.log.nextLine();
		while (!line.contains(" /board/")) {
			line = this.log.nextLine();
		}
		return line;
	}

	/** Probes cause events. The service notices a closed board when it writes one. */
	private void allLeave() {
		this.boards.forEach(OpenBoard::breakOff);
		this.boards.clear();
		await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
			probe(200);
			assertThat(threads()).as("threads").doesNotContain("board");
		});
	}

	private static List<InetAddress> addresses() {
		try {
			return OwnAddress.all();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private OpenBoard open() throws IOException {
		OpenBoard board = OpenBoard.at(new Socket(InetAddress.ofLiteral("127.0.0.1"), this.operators));
		this.boards.add(board);
		return board;
	}

	private void probe(int status) throws IOException {
		assertThat(new RawClient(OwnAddress.any(), this.port)
			.exchange("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nProbe: liveness\r\n\r\n")
			.status()).isEqualTo(status);
	}

	private static boolean awaitsConnection(int millis) throws IOException {
		target.setSoTimeout(millis);
		try {
			target.accept().close();
			return true;
		}
		catch (java.net.SocketTimeoutException ex) {
			return false;
		}
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
	}

	private static String request(String method, String path) {
		return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	}

}
