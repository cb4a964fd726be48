package io.pyserver.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pyserver.support.ImageTest;
import io.pyserver.support.UnpackedImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The SBOM in the image lists every jar that is in the image, and no other, by what the
 * jars hold. It does not list the Java runtime, which {@code /opt/java/release} names,
 * nor what the base image brings.
 */
@ImageTest
class SbomIT {

	private static final Path RUNTIME = Path.of("opt/java");

	/** The service's own jar, the plain one. */
	private static final Path OWN = Path.of("app/classpath");

	/** The Java runtime's, which is no component. */
	private static final String OF_THE_RUNTIME = "GPL-2.0-only WITH Classpath-exception-2.0";

	@TempDir
	static Path directory;

	private static Path root;

	private static Sbom sbom;

	@BeforeAll
	static void unpack() throws Exception {
		root = UnpackedImage.into(directory).root();
		Path file = root.resolve("usr/share/sbom/pyserver.cdx.json");
		assumeThat(file).as("the SBOM is made by a build that is not offline").exists();
		sbom = Sbom.read(file);
	}

	@Test
	void everyJarOfTheImageIsListed() throws IOException {
		assertThat(without(libraries(), sbom.jars())).as("jars of the image that the SBOM does not list").isEmpty();
	}

	@Test
	void noJarIsListedThatIsNotInTheImage() throws IOException {
		assertThat(without(sbom.jars(), libraries())).as("jars that the SBOM lists and the image has not").isEmpty();
	}

	@Test
	void theSbomIsOfTheServicesOwnJar() throws IOException {
		String plain = sbom.subject().jar().replace(".jar", ".original.jar");
		assertThat(root.resolve(OWN)).isDirectoryContaining("glob:**/" + plain);
	}

	@Test
	void theSbomHasNoTimestamp() {
		assertThat(sbom.document().at("/metadata/timestamp").isMissingNode()).as("no time of the build").isTrue();
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "the plain image of other systems has its base image's runtime")
	void theImageNamesTheJavaRuntime() throws IOException {
		assertThat(Files.readString(root.resolve(RUNTIME).resolve("release"))).contains("JAVA_VERSION=", "MODULES=");
	}

	@Test
	void everyLibraryOffersALicenseOfTheImagesLabel() throws Exception {
		List<String> allowed = licensesOfTheLabel();
		assertThat(sbom.components())
			.filteredOn((component) -> component.licenses().stream().noneMatch(allowed::contains))
			.extracting((component) -> component.jar() + " " + component.licenses())
			.as("libraries under none of %s", allowed)
			.isEmpty();
	}

	@Test
	void everyLicenseOfTheLabelIsOfferedByALibrary() throws Exception {
		assertThat(licensesOfTheLabel()).filteredOn((license) -> !license.equals(OF_THE_RUNTIME))
			.allSatisfy((license) -> assertThat(sbom.components())
				.anyMatch((component) -> component.licenses().contains(license)));
	}

	private static List<String> licensesOfTheLabel() throws Exception {
		ImageArchive image = ImageArchive.in(Files.createTempDirectory(directory, "layers"));
		return List.of(image.label("licenses").split(" AND "));
	}

	private static TreeSet<String> without(Map<String, String> some, Map<String, String> others) {
		return some.entrySet()
			.stream()
			.filter((jar) -> !others.containsKey(jar.getKey()))
			.map(Map.Entry::getValue)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** All jars but the service's own and the runtime's, as {@link Sbom#jars()}. */
	private static Map<String, String> libraries() throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((file) -> file.toString().endsWith(".jar"))
				.filter((jar) -> !jar.startsWith(root.resolve(RUNTIME)))
				.filter((jar) -> !jar.startsWith(root.resolve(OWN)))
				.collect(Collectors.toMap(SbomIT::sha256, (jar) -> root.relativize(jar).toString()));
		}
	}

	private static String sha256(Path file) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
