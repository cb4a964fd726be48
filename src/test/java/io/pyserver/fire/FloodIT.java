package io.pyserver.fire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.pyserver.ThoroughTest;
import io.pyserver.support.ImageTest;
import io.pyserver.support.UnpackedImage;
import io.pyserver.support.PrintedPort;

import static io.pyserver.fire.RunningImage.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * 5,000 connections that stay, to the image with its own heap: the node's probes are
 * answered meanwhile, and everyone afterwards. One service goes through all floods.
 */
@ThoroughTest
@ImageTest
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@Isolated("beside a build, a probe has waited longer for a processor than the 3 s that it may take")
class FloodIT {

	private static final int SIZE = 5_000;

	/** What the service holds of it. */
	private static final long MOST = 256;

	private static final long MOST_OF_THE_NODE = 32;

	/**
	 * How many probes end after a flood has arrived. Its arrival takes as long as 60
	 * probes.
	 */
	static final int AFTER_ARRIVAL = 20;

	private static final String NOTHING = "";

	static final String SLOW_HEADERS = "GET / HTTP/1.1\r\nHost: flood\r\nSlow: ";

	static final String SLOW_BODY = "POST / HTTP/1.1\r\nHost: flood\r\nContent-Length: 1000000\r\n\r\nabc";

	private static final String REQUEST = "GET /version HTTP/1.1\r\nHost: flood\r\n\r\n";

	static final String HELLO_OF_TLS = "\u0016\u0003\u0001\u0002\u0000\u0001";

	private final UnpackedImage image;

	private RunningImage service;

	FloodIT(UnpackedImage image) {
		this.image = image;
	}

	@BeforeAll
	void start(@TempDir Path logs) throws Exception {
		this.service = RunningImage.of(this.image, logs.resolve("log"), "--pyserver.grpc-health=true");
	}

	@AfterAll
	void theServiceStopsWithExitCode0() throws Exception {
		int exitCode = this.service.stop();
		assertThat(exitCode).as("exit code of a service that wrote %s", this.service.printed()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { NOTHING, SLOW_HEADERS, SLOW_BODY, HELLO_OF_TLS })
	void noProbeFailsDuringAFloodFromOthers(String beginning) throws Exception {
		try (Probes probes = Probes.of(this.service.node(), this.service.port());
				Flood flood = Flood.of(SIZE, LOOPBACK, this.service.port(), beginning)) {
			flood.awaitHeldAtMost(MOST);
			int sofar = probes.sent();
			await().until(() -> probes.sent() > sofar + AFTER_ARRIVAL);
			assertThat(probes.failures()).isEmpty();
		}
		await().untilAsserted(() -> assertThat(this.service.ask(LOOPBACK)).as("asked by anyone, when they have left")
			.isEqualTo("HTTP/1.1 200"));
	}

	@ParameterizedTest
	@EnumSource
	void noProbeFailsDuringAnHttp2Flood(Http2Flood kind) throws Exception {
		noProbeFailsDuringAFloodFromOthers(kind.bytes());
	}

	@Test
	void noProbeFailsWhileOthersReadNoneOfThousandsOfAnswers() throws Exception {
		noProbeFailsDuringAFloodFromOthers(REQUEST.repeat(5_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { NOTHING, SLOW_HEADERS, SLOW_BODY })
	void aFloodFromTheNodeIsLimitedAndTheNextProbeIsAnswered(String beginning) throws Exception {
		try (Flood flood = Flood.of(SIZE, this.service.node(), this.service.port(), beginning)) {
			flood.awaitHeldAtMost(MOST_OF_THE_NODE);
			await().atMost(Duration.ofSeconds(15))
				.until(() -> this.service.ask(this.service.node()).equals("HTTP/1.1 200"));
		}
	}

	/** Asking as often, and as impatient, as the probes above. */
	@ParameterizedTest
	@ValueSource(strings = { NOTHING, SLOW_HEADERS, SLOW_BODY })
	void othersAreAnsweredDuringAFloodFromOthers(String beginning) throws Exception {
		try (Flood flood = Flood.of(SIZE, LOOPBACK, this.service.port(), beginning)) {
			flood.awaitHeldAtMost(MOST);
			try (Probes others = Probes.of(LOOPBACK, this.service.port())) {
				await().until(() -> others.sent() >= 60);
				assertThat(others.failures()).hasSizeLessThanOrEqualTo(3);
			}
		}
	}

	/** Living on, it would be a port that takes connections and answers none. */
	@Test
	void aServiceWithoutMemoryExits(@TempDir Path logs) throws Exception {
		Path log = logs.resolve("small");
		Process small = this.image.with("-Xmx12m").start(log);
		try (Flood _ = Flood.of(SIZE, LOOPBACK, PrintedPort.of(small, log), SLOW_BODY)) {
			await().until(() -> !small.isAlive());
		}
		finally {
			small.destroyForcibly();
		}
		assertThat(small.exitValue()).as("exit code of a service that wrote %s", Files.readString(log)).isEqualTo(3);
	}

}
