package io.pyserver.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.support.ImageTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The lab's image has the program and its libraries, and nothing else of the build. */
@ImageTest
class LabImageIT {

	private static final Path ARCHIVE = Path.of("target/lab-image.tar");

	private static final long MEGABYTE = 1_000_000;

	@TempDir
	static Path directory;

	private static ImageArchive image;

	@BeforeAll
	static void read() throws Exception {
		image = ImageArchive.of(ARCHIVE, directory);
	}

	@Test
	void theLabsImageIsSmall() throws IOException {
		assertThat(Files.size(ARCHIVE) / MEGABYTE).as("MB of %s", ARCHIVE).isLessThanOrEqualTo(75);
	}

	@Test
	void theUserIsNotRoot() {
		assertThat(image.user()).containsExactly(65532, 65532);
	}

	@Test
	void theLabsImageHasNeitherTestsNorTheService() {
		assertThat(jars()).isNotEmpty()
			.noneMatch((jar) -> jar.matches(".*(junit|testcontainers|assertj|mock|spring|tomcat|docker).*"));
		assertThat(image.ours()).extracting(ImageEntry::path).noneMatch((path) -> path.startsWith("/app/"));
	}

	@Test
	void theSbomListsExactlyTheLibraries() throws IOException {
		List<String> listed = JsonMapper.shared()
			.readTree(Path.of("target/lab-image/app/usr/share/sbom/pyserver-lab.cdx.json"))
			.path("components")
			.valueStream()
			.map((library) -> library.path("name").asString() + "-" + library.path("version").asString() + ".jar")
			.toList();

		assertThat(image.ours()).extracting(ImageEntry::path).contains("/usr/share/sbom/pyserver-lab.cdx.json");
		assertThat(jars()).filteredOn((jar) -> !jar.startsWith("pyserver-lab-"))
			.containsExactlyInAnyOrderElementsOf(listed);
	}

	private static List<String> jars() {
		return image.ours()
			.filter((entry) -> entry.path().startsWith("/lab/"))
			.map((entry) -> Path.of(entry.path()).getFileName().toString())
			.filter((file) -> file.endsWith(".jar"))
			.toList();
	}

}
