package io.pyserver.fire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.pyserver.ThoroughTest;
import io.pyserver.support.ImageTest;
import io.pyserver.support.UnpackedImage;

import static io.pyserver.fire.RunningImage.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A class of fifty that looks at the board of the image, one of whom falls asleep.
 */
@ThoroughTest
@ImageTest
@Timeout(300)
class BoardsIT {

	private static final int CLASS = 50;

	/** In KB. */
	private static final long MOST_MEMORY = 5 * 1_024;

	/** By then what was needed once has gone back to the system: jvm.options. */
	private static final Duration FREED = Duration.ofSeconds(15);

	/** After so many requests the heap has the size that serving takes. */
	private static final int SERVED_BEFORE = 5_000;

	/** Eight lanes, so that there is more to read. */
	private static final String TARGETS = IntStream.rangeClosed(1, 8)
		.mapToObj((port) -> "127.0.0.1:" + port)
		.collect(Collectors.joining(","));

	private final UnpackedImage image;

	@TempDir
	Path logs;

	private RunningImage service;

	private final List<Socket> boards = new ArrayList<>();

	BoardsIT(UnpackedImage image) {
		this.image = image;
	}

	@BeforeEach
	void start() throws Exception {
		this.service = RunningImage.of(this.image, this.logs.resolve("log"), "--pyserver.board.targets=" + TARGETS,
				"--server.tomcat.connection-timeout=2s");
	}

	/** A graceful stop would wait 30 s for open boards. */
	@AfterEach
	void openBoardsDoNotDelayTheStop() throws Exception {
		long told = System.nanoTime();
		assertThat(this.service.stop()).as("exit code of a service that wrote %s", this.service.printed()).isZero();
		assertThat(Duration.ofNanos(System.nanoTime() - told)).as("stop with boards open")
			.isLessThan(Duration.ofSeconds(25));
		for (Socket board : this.boards) {
			board.close();
		}
	}

	@Test
	void fiftyBoardsTakeLittleMemoryAndDelayNoProbe() throws Exception {
		try (Probes probes = Probes.of(this.service.node(), this.service.port())) {
			for (int i = 0; i < SERVED_BEFORE; i++) {
				this.service.ask(LOOPBACK);
			}
			long none = memory();
			for (int i = 0; i < CLASS; i++) {
				readOn(open(65_536));
			}
			int sofar = probes.sent();
			await().atMost(Duration.ofSeconds(30)).until(() -> probes.sent() > sofar + 200);

			await().atMost(FREED)
				.untilAsserted(
						() -> assertThat(memory() - none).as("KB that %s boards take, the first of this service", CLASS)
							.isLessThan(MOST_MEMORY));
			// On a machine that is busy with other tests one may be late.
			assertThat(probes.failures()).as("of %s probes", probes.sent()).hasSizeLessThan(probes.sent() / 20);
			assertThat(this.service.printed()).doesNotContain("/board/events");
		}
	}

	@Test
	void aBoardStaysOpenDuringAFlood() throws Exception {
		readOn(open(65_536));
		await().until(() -> this.service.ask(LOOPBACK).equals("HTTP/1.1 200"));
		try (Flood flood = Flood.of(600, LOOPBACK, this.service.port(), "")) {
			flood.awaitHeldAtMost(256);
			Thread.sleep(2_000);
			assertThat(this.service.printed()).as("log, which has a board when it ends")
				.doesNotContain("/board/events");
		}
	}

	@Test
	void onlyABoardThatStopsReadingIsClosed() throws Exception {
		readOn(open(65_536));
		Socket asleep = open(1_024);

		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(this.service.printed()).containsOnlyOnce("GET /board/events HTTP/1.1"));
		assertThat(ends(asleep)).as("the board of who fell asleep has ended").isTrue();
	}

	private Socket open(int receiveBuffer) throws IOException {
		Socket board = new Socket();
		this.boards.add(board);
		board.setReceiveBufferSize(receiveBuffer);
		board.connect(this.service.board());
		board.getOutputStream()
			.write("GET /board/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
				.getBytes(StandardCharsets.ISO_8859_1));
		return board;
	}

	private static void readOn(Socket board) {
		Thread.startVirtualThread(() -> {
			try {
				board.getInputStream().transferTo(OutputStream.nullOutputStream());
			}
			catch (IOException ex) {
				// The test is over.
			}
		});
	}

	private static boolean ends(Socket board) throws IOException {
		board.setSoTimeout(5_000);
		try {
			board.getInputStream().transferTo(OutputStream.nullOutputStream());
			return true;
		}
		catch (SocketException ex) {
			return true; // By a reset.
		}
		catch (java.net.SocketTimeoutException ex) {
			return false;
		}
	}

	/** Of its own, without the files that it maps. */
	private long memory() throws IOException {
		return Files.readAllLines(Path.of("/proc", String.valueOf(this.service.process().pid()), "status"))
			.stream()
			.filter((line) -> line.startsWith("RssAnon:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.sum();
	}

}
