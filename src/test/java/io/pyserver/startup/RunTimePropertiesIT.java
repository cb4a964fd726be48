package io.pyserver.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pyserver.support.HealthClient;
import io.pyserver.support.FreePort;
import io.pyserver.support.ImageTest;
import io.pyserver.support.PrintedPort;
import io.pyserver.support.UnpackedImage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The image's beans were resolved when it was built, without the properties that ask for
 * more; they are heard all the same when it runs.
 */
@ImageTest
class RunTimePropertiesIT {

	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	private final UnpackedImage image;

	@TempDir
	Path logs;

	private Path log;

	private Process service;

	RunTimePropertiesIT(UnpackedImage image) {
		this.image = image;
	}

	@BeforeEach
	void log() {
		this.log = this.logs.resolve("log");
	}

	@AfterEach
	void stop() throws InterruptedException {
		if (this.service != null) {
			this.service.destroy();
			this.service.waitFor();
		}
	}

	@Test
	void grpcAndTcpProbesAreAnswered() throws IOException {
		int tcp = FreePort.find();
		this.service = this.image.start(this.log, "--pyserver.grpc-health=true",
				"--pyserver.tcp-probes=liveness=" + tcp);
		int port = PrintedPort.of(this.service, this.log);

		assertThat(new HealthClient(LOOPBACK, port).check("liveness")).isEqualTo("SERVING");
		try (Socket probe = new Socket(LOOPBACK, tcp)) {
			assertThat(probe.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void serverPropertiesTakeEffect() throws IOException {
		this.service = this.image.start(this.log, "--server.tomcat.connection-timeout=300ms");
		try (Socket idle = new Socket(LOOPBACK, PrintedPort.of(this.service, this.log))) {
			idle.setSoTimeout(10_000);
			assertThat(idle.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void aFailedStartLogsItsReason() throws Exception {
		try (ServerSocket other = new ServerSocket(0)) {
			this.service = this.image.start(this.log, "--pyserver.tcp-probes=liveness=" + other.getLocalPort());

			assertThat(this.service.waitFor()).isEqualTo(1);
			assertThat(Files.readString(this.log))
				.contains("The port of liveness=" + other.getLocalPort() + " cannot be opened: Address already in use");
		}
	}

}
