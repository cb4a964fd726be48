package io.pyserver.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import io.pyserver.support.ImageTest;
import io.pyserver.support.UnpackedImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must not be in the image is not in it. What the base image brings is looked at for
 * what a pod could do with it, and not for its own certificates.
 */
@ImageTest
class ContentsIT {

	private static final Pattern SOURCE = Pattern.compile("\\.(java|jte|kt)$|(^|/)\\.git(/|$)|(^|/)src\\.zip$");

	private static final Pattern SECRET = Pattern.compile(
			"\\.(pem|key|p12|pfx|jks|keystore|crt|cer|der|gpg|asc)$|(^|/)(id_[a-z0-9]+|\\.netrc|\\.npmrc|settings\\.xml|kubeconfig)$|(^|/)\\.(ssh|m2|docker|kube)(/|$)");

	private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

	/** No key is longer. */
	private static final long LARGEST_KEY = 1 << 20;

	@TempDir
	static Path directory;

	private static ImageArchive image;

	private static Path root;

	@BeforeAll
	static void unpack() throws Exception {
		image = ImageArchive.in(Files.createDirectory(directory.resolve("layers")));
		root = UnpackedImage.into(Files.createDirectory(directory.resolve("image"))).root();
	}

	@Test
	void noFileRaisesPrivileges() {
		assertThat(image.entries()).filteredOn(ImageEntry::raisesPrivileges).as("setuid or setgid").isEmpty();
	}

	@Test
	void theUserIsNotRoot() {
		assertThat(image.user()).as("user and group").doesNotContain(0);
	}

	@Test
	void theUserCanWriteToNoFile() {
		int[] user = image.user();
		assertThat(image.entries()).filteredOn((entry) -> entry.isFile() || (entry.ours() && entry.isFolder()))
			.filteredOn((entry) -> entry.isWritableBy(user[0], user[1]))
			.filteredOn((entry) -> !entry.path().equals("/tmp") && !entry.path().startsWith("/tmp/"))
			.as("what user %d can write to", user[0])
			.isEmpty();
	}

	@Test
	void theImageHasNoSources() throws IOException {
		assertThat(names()).filteredOn(SOURCE.asPredicate()).as("sources").isEmpty();
	}

	@Test
	void theImageHasNoTestClasses() throws IOException {
		Path classes = Path.of("target/classes");
		Path tests = Path.of("target/test-classes");
		assertThat(ownJar())
			.filteredOn((name) -> Files.isRegularFile(tests.resolve(name)) && !Files.exists(classes.resolve(name)))
			.as("test classes")
			.isEmpty();
	}

	@Test
	void theImageHasNoKeysOrCertificates() throws IOException {
		assertThat(names()).filteredOn(SECRET.asPredicate()).as("keys and certificates").isEmpty();
		try (Stream<Path> files = Files.walk(root)) {
			assertThat(files.filter(ContentsIT::holdsPrivateKey)).as("files with a private key").isEmpty();
		}
	}

	private static Stream<String> names() throws IOException {
		return Stream.concat(image.ours().map(ImageEntry::path), ownJar().stream());
	}

	private static List<String> ownJar() throws IOException {
		try (Stream<Path> jars = Files.list(root.resolve("app/classpath"));
				JarFile jar = new JarFile(jars.findFirst().orElseThrow().toFile())) {
			return jar.stream().map(ZipEntry::getName).toList();
		}
	}

	private static boolean holdsPrivateKey(Path file) {
		try {
			return Files.isRegularFile(file) && Files.size(file) <= LARGEST_KEY
					&& PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
