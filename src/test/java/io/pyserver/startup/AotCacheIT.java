package io.pyserver.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.pyserver.support.ImageTest;
import io.pyserver.support.UnpackedImage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The image's own files, started as the image starts them: the log says whether the AOT
 * cache is in use, and the service comes up either way.
 */
@ImageTest
@EnabledOnOs(value = OS.LINUX, disabledReason = "the plain image of other systems has no AOT cache")
class AotCacheIT {

	private static final Duration START = Duration.ofSeconds(60);

	@TempDir
	Path directory;

	private UnpackedImage image;

	private Path log;

	private Process service;

	@BeforeEach
	void unpack() throws Exception {
		this.image = UnpackedImage.into(this.directory);
		this.log = this.directory.resolve("log");
	}

	@AfterEach
	void stop() throws InterruptedException {
		if (this.service != null) {
			this.service.destroy();
			this.service.waitFor();
		}
	}

	@Test
	void theCacheOfTheImageIsInUse() throws IOException {
		this.service = this.image.start(this.log);
		await().atMost(START)
			.untilAsserted(() -> assertThat(log()).anyMatch((line) -> line.endsWith("app.aot is in use")));
		assertThat(mappedFiles()).anyMatch((file) -> file.endsWith("/app/cache/app.aot"));
	}

	@Test
	void anUnusableCacheIsLoggedAndTheServiceStarts() throws IOException {
		this.image.touchLibrary();
		this.service = this.image.start(this.log);
		await().atMost(START)
			.untilAsserted(() -> assertThat(log())
				.anyMatch((line) -> line.contains("WARN") && line.contains("app.aot is not in use"))
				.anyMatch((line) -> line.contains("Started PyserverApplication")));
		assertThat(mappedFiles()).noneMatch((file) -> file.endsWith("/app/cache/app.aot"));
	}

	private List<String> log() throws IOException {
		return Files.readAllLines(this.log);
	}

	private List<String> mappedFiles() throws IOException {
		return Files.readAllLines(Path.of("/proc", String.valueOf(this.service.pid()), "maps"));
	}

}
