package io.pyserver.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.pyserver.support.ImageTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the image says of itself in the labels of the <a href=
 * "https://github.com/opencontainers/image-spec/blob/main/annotations.md">OCI</a>.
 */
@ImageTest
class LabelsIT {

	private static final String UNKNOWN = "unknown";

	/** Whose commit the build asks git for. */
	private static final Path COMMITS = Path.of(".git/logs/HEAD");

	@TempDir
	static Path directory;

	private static ImageArchive image;

	@BeforeAll
	static void read() throws Exception {
		image = ImageArchive.in(directory);
	}

	@Test
	void theLabelsHaveNameAndVersion() {
		assertThat(image.label("title") + ":" + image.label("version")).isEqualTo("pyserver:1.0");
		assertThat(image.label("description")).isNotBlank();
	}

	@Test
	void theRevisionIsTheCommitOfTheBuild() throws Exception {
		String revision = image.label("revision");
		assertThat(revision).matches("[0-9a-f]{40}(-dirty)?|" + UNKNOWN);
		String commit = revision.replace("-dirty", "");
		assertThat(
				commit.equals(UNKNOWN) ? Files.notExists(COMMITS) : git("merge-base", "--is-ancestor", commit, "HEAD"))
			.as("%s is what git says", revision)
			.isTrue();
	}

	@Test
	void theSourceIsAnAddressWithoutUserOrPassword() {
		assertThat(image.label("source")).matches("https://[^@?#\\s]+|" + UNKNOWN);
	}

	@Test
	void theCreationTimeIsFixed() {
		assertThat(image.label("created")).isEqualTo("2026-11-23T00:00:00Z")
			.isEqualTo(image.config().get("created").asString());
	}

	@Test
	void theBaseImageIsNamed() {
		String other = System.getenv("BASE_IMAGE");
		String name = image.label("base.name");
		String digest = image.label("base.digest");
		assertThat(digest).matches("sha256:[0-9a-f]{64}|" + UNKNOWN);
		assertThat(digest.equals(UNKNOWN) ? name : name + "@" + digest)
			.startsWith((other != null) ? other : "gcr.io/distroless/");
	}

	/** Whether git is there and does it. */
	private static boolean git(String... arguments) throws InterruptedException {
		try {
			return new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList()).start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
