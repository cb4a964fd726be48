package io.pyserver.fire;

import java.net.InetAddress;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.server.Ssl;

import io.pyserver.ThoroughTest;
import io.pyserver.support.ImageTest;
import io.pyserver.support.UnpackedImage;
import io.pyserver.support.SelfSigned;

import static io.pyserver.fire.RunningImage.LOOPBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@link FloodIT} shows, with {@code server.ssl.*}: the node's probes have the
 * scheme HTTPS.
 */
@ThoroughTest
@ImageTest
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
@Isolated("handshakes keep both cores busy, and what runs beside them as well")
class TlsFloodIT {

	private static final int SIZE = 5_000;

	/** Each handshake takes both sides' time. */
	private static final int SIZE_WITH_HANDSHAKES = 1_000;

	/** What the service holds of it. */
	private static final long MOST = 64;

	/**
	 * As often the node asks before the first flood. On a busy machine the first
	 * handshakes of a service, and of this test, take longer than a probe waits.
	 */
	private static final int WARM_UP = 50;

	private static final String ANSWER = "HTTP/1.1 200";

	private final UnpackedImage image;

	private RunningImage service;

	TlsFloodIT(UnpackedImage image) {
		this.image = image;
	}

	@BeforeAll
	void start(@TempDir Path directory) throws Exception {
		Ssl ssl = SelfSigned.in(directory);
		this.service = RunningImage.of(this.image, directory.resolve("log"),
				"--server.ssl.key-store=" + ssl.getKeyStore(),
				"--server.ssl.key-store-password=" + ssl.getKeyStorePassword());
		for (int i = 0; i < WARM_UP; i++) {
			assertThat(ask(this.service.node())).isEqualTo(ANSWER);
		}
	}

	@AfterAll
	void theServiceStopsWithExitCode0() throws Exception {
		int exitCode = this.service.stop();
		assertThat(exitCode).as("exit code of a service that wrote %s", this.service.printed()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "false, ''", "false, '" + FloodIT.HELLO_OF_TLS + "'", "true, ''",
			"true, '" + FloodIT.SLOW_HEADERS + "'", "true, '" + FloodIT.SLOW_BODY + "'" })
	void noProbeFailsDuringAFloodFromOthers(boolean tls, String beginning) throws Exception {
		try (Probes probes = Probes.of(this.service.node(), this.service.port(), true);
				Flood flood = Flood.of(size(tls), LOOPBACK, this.service.port(), beginning, tls)) {
			flood.awaitHeldAtMost(MOST);
			int sofar = probes.sent();
			await().until(() -> probes.sent() > sofar + FloodIT.AFTER_ARRIVAL);
			assertThat(probes.failures()).isEmpty();
			await().untilAsserted(() -> assertThat(ask(LOOPBACK)).as("asked by anyone").isEqualTo(ANSWER));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theNextProbeIsAnsweredDuringAFloodFromTheNode(boolean tls) throws Exception {
		try (Flood _ = Flood.of(size(tls), this.service.node(), this.service.port(), "", tls)) {
			await().until(() -> ask(this.service.node()).equals(ANSWER));
		}
	}

	private static int size(boolean tls) {
		return tls ? SIZE_WITH_HANDSHAKES : SIZE;
	}

	private String ask(InetAddress caller) {
		return Probes.ask(this.service.at(caller), 10_000, true);
	}

}
