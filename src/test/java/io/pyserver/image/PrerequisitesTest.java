package io.pyserver.image;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pyserver.support.JavaCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Before anything of the image is prepared the build says in one line what is missing,
 * and goes on without an image, unless that was asked for.
 */
class PrerequisitesTest {

	private static final String NOBODY = "tcp://127.0.0.1:1";

	@TempDir
	private static Path classes;

	@TempDir
	private Path directory;

	/** The build has Java do it each time. */
	@BeforeAll
	static void compile() {
		assertThat(ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), "-sourcepath",
					"src/image", "-d", classes.toString(), "src/image/Decide.java"))
			.isZero();
	}

	@Test
	void withoutDockerThereIsNoImageAndNoArchiveOfAnEarlierBuild() throws Exception {
		Path target = Files.createDirectory(this.directory.resolve("target"));
		Path image = Files.createFile(target.resolve("jib-image.tar"));
		Path labImage = Files.createFile(target.resolve("lab-image.tar"));

		assertThat(decide(NOBODY, "tar:///base.tar", false)).isEqualTo("0 NO IMAGE is built, and nothing is prepared "
				+ "for it: no Docker engine answers at tcp://127.0.0.1:1; start Docker, set DOCKER_HOST, or ask for"
				+ " the image alone with -Dimage=NAME:TAG.\n");
		assertThat(this.directory.resolve("target/image/image.properties")).content()
			.contains("image.skip=true", "image.revision=unknown", "image.source=unknown");
		assertThat(image).doesNotExist();
		assertThat(labImage).doesNotExist();
	}

	@Test
	void theVersionOfAnOldDockerIsNamed() throws Exception {
		try (ServerSocket engine = new ServerSocket(0)) {
			Thread.startVirtualThread(() -> answer(engine, "HTTP/1.0 200 OK\r\nApi-Version: 1.39\r\n\r\nOK"));

			assertThat(decide("tcp://127.0.0.1:" + engine.getLocalPort(), "tar:///base.tar", false))
				.contains("speaks version 1.39 of its API; install Docker 20.10 or later");
		}
	}

	@Test
	void theBuildFailsIfARequestedImageCannotBeBuilt() throws Exception {
		assertThat(decide(NOBODY, "localhost:1/base@sha256:1", true)).isEqualTo("1 NO IMAGE is built, and nothing is "
				+ "prepared for it: localhost, which has the base image, cannot be reached; set BASE_IMAGE to one that"
				+ " can, or name your proxy in Maven's settings.xml.\n");
	}

	/** The exit code and what it prints. */
	private String decide(String docker, String baseImage, boolean asked) throws Exception {
		Path log = this.directory.resolve("log");
		ProcessBuilder command = JavaCommand
			.of("-cp", classes.toString(), "Decide", "base-image=lean", "offline=false",
					"image=" + (asked ? "pyserver:asked" : "${image}"), "revision=${git.commit.id.describe}",
					"source=https://me:secret@example.org/pyserver")
			.directory(this.directory.toFile())
			.redirectOutput(log.toFile());
		command.environment().put("DOCKER_HOST", docker);
		command.environment().put("BASE_IMAGE", baseImage);
		command.environment().remove("DOCKER_TLS_VERIFY");
		return command.start().waitFor() + " " + Files.readString(log);
	}

	private static void answer(ServerSocket server, String answer) {
		try (Socket connection = server.accept()) {
			connection.getInputStream().read(new byte[1_024]);
			connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			// The test says what was answered.
		}
	}

}
