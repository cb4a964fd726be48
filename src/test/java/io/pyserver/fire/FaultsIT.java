package io.pyserver.fire;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * The image without descriptors, suspended, killed, or without a temporary directory.
 */
@ThoroughTest
@ImageTest
@Timeout(120)
class FaultsIT {

	private static final String ANSWER = "HTTP/1.1 200";

	private final UnpackedImage image;

	@TempDir
	Path logs;

	private RunningImage service;

	FaultsIT(UnpackedImage image) {
		this.image = image;
	}

	@BeforeEach
	void start() throws Exception {
		this.service = RunningImage.of(this.image, this.logs.resolve("log"));
	}

	@AfterEach
	void end() throws Exception {
		this.service.process().destroyForcibly().waitFor();
	}

	/** The service evicts the silent connections, as it does at the connection limit. */
	@Test
	void nodeIsAnsweredWhenNoFileDescriptorIsLeft() throws Exception {
		long few = descriptors() + 30;
		run("prlimit", "--nofile=" + few + ":" + few, "--pid=" + pid());
		try (Flood flood = Flood.of(300, LOOPBACK, this.service.port(), "")) {
			flood.awaitHeldAtMost(30);
			await().untilAsserted(() -> assertThat(this.service.ask(this.service.node())).isEqualTo(ANSWER));
		}
		// The service has closed them all a moment later, and then has descriptors again.
		await().untilAsserted(() -> assertThat(this.service.ask(LOOPBACK)).isEqualTo(ANSWER));
	}

	@Test
	void aSuspendedServiceAnswersAfterItIsResumed() throws Exception {
		assertThat(this.service.ask(LOOPBACK)).isEqualTo(ANSWER);
		suspend();
		assertThat(Probes.ask(this.service.at(LOOPBACK), 1_000)).contains("SocketTimeoutException");
		run("kill", "-CONT", pid());
		assertThat(this.service.ask(LOOPBACK)).isEqualTo(ANSWER);
		assertThat(this.service.stop()).isZero();
	}

	/** The service is suspended, so that the general backlog is full for certain. */
	@Test
	void theNodeConnectsWhileTheGeneralBacklogIsFull() throws Exception {
		end();
		this.service = RunningImage.of(this.image, this.logs.resolve("short-line"), "--server.tomcat.accept-count=10");
		suspend();
		List<SocketChannel> line = new ArrayList<>();
		try (Socket probe = new Socket()) {
			for (int i = 0; i < 100; i++) {
				line.add(SocketChannel.open());
				line.getLast().configureBlocking(false);
				line.getLast().connect(this.service.at(LOOPBACK));
			}
			assertThat(Probes.ask(this.service.at(LOOPBACK), 900)).as("anyone else").contains("Connect timed out");
			assertThatNoException().as("the node")
				.isThrownBy(() -> probe.connect(this.service.at(this.service.node()), 900));
			run("kill", "-CONT", pid());
			assertThat(this.service.ask(this.service.node())).isEqualTo(ANSWER);
		}
		finally {
			for (SocketChannel connection : line) {
				connection.close();
			}
		}
	}

	@Test
	void theServiceStartsAgainAfterItWasKilled() throws Exception {
		run("kill", "-KILL", pid());
		assertThat(this.service.process().waitFor()).isEqualTo(137);
		this.service = RunningImage.of(this.image, this.logs.resolve("next"));
		assertThat(this.service.ask(LOOPBACK)).isEqualTo(ANSWER);
	}

	@Test
	void theServiceNamesAMissingTemporaryDirectoryAndExits() throws Exception {
		Path log = this.logs.resolve("no-tmp");
		Process service = this.image.with("-Djava.io.tmpdir=/nowhere").start(log);
		assertThat(service.waitFor()).isOne();
		assertThat(Files.readString(log)).contains("/nowhere");
	}

	private String pid() {
		return String.valueOf(this.service.process().pid());
	}

	/**
	 * Returns once every thread has stopped. {@code kill} alone returns earlier: after
	 * it, on a busy machine, threads have run for another 35 ms and answered.
	 */
	private void suspend() throws IOException, InterruptedException {
		run("kill", "-STOP", pid());
		await().ignoreExceptions().untilAsserted(() -> {
			try (var threads = Files.list(Path.of("/proc", pid(), "task"))) {
				for (Path thread : threads.toList()) {
					assertThat(thread.resolve("status")).content().contains("State:\tT");
				}
			}
		});
	}

	private long descriptors() throws IOException {
		try (var open = Files.list(Path.of("/proc", pid(), "fd"))) {
			return open.count();
		}
	}

	private static void run(String... command) throws IOException, InterruptedException {
		assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).as(String.join(" ", command)).isZero();
	}

}
