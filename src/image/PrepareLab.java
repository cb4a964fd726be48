import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prepares the contents of the lab's image: the lab's program, its libraries, the Java
 * runtime and a bill of materials. The program is compiled against its own libraries
 * alone, so that it cannot use a class of the tests. It runs only if {@link Decide} has
 * found that the image can be built.
 *
 * <p>
 * Usage: {@code java PrepareLab.java VERSION}, with the class path of the tests. The files
 * of the image are written to {@code java}, {@code libs} and {@code app} below
 * {@code target/lab-image}.
 */
class PrepareLab {

	private static final Path WORK = Path.of("target/lab-image");

	/** The classes that jte generates from the report's templates. */
	private static final Path TEMPLATES = Path.of("target/jte");

	/** The program's libraries, by their groups in Maven's repository. */
	private static final Pattern LIBRARIES = Pattern.compile(
			".*/(io/fabric8/(kubernetes-(client|model|httpclient)|zjsonpatch)|tools/jackson/|com/fasterxml/jackson/core/jackson-annotations/|org/snakeyaml/|gg/jte/|org/awaitility/|org/hamcrest/|org/jspecify/|org/slf4j/slf4j-api/).*");

	/** The modules that {@code jdeps} reports for the program and its libraries. */
	private static final List<String> MODULES = List.of("java.base", "java.logging", "java.naming", "java.net.http",
			"java.xml", "jdk.unsupported");

	/** The path of a library in Maven's local repository. */
	private static final Pattern COORDINATES = Pattern
		.compile(".*/repository/(?<group>.+)/(?<name>[^/]+)/(?<version>[^/]+)/[^/]+\\.jar");

	public static void main(String[] arguments) throws Exception {
		String version = arguments[0];
		List<Path> libraries = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
			.filter((entry) -> LIBRARIES.matcher(entry.replace('\\', '/')).matches() && !entry.contains("mock"))
			.map(Path::of)
			.toList();
		JavaRuntime.delete(WORK);
		Path app = Files.createDirectories(WORK.resolve("app/lab"));
		Path libs = Files.createDirectories(WORK.resolve("libs/lab"));
		for (Path library : libraries) {
			Files.copy(library, libs.resolve(library.getFileName()));
		}
		Files.copy(Path.of("src/image/lab.options"), app.resolve("jvm.options"), StandardCopyOption.REPLACE_EXISTING);
		compile(WORK.resolve("classes"), libraries);
		JavaRuntime.run("jar",
				List.of("--create", "--file", app.resolve("pyserver-lab-" + version + ".jar").toString(), "--date",
						JavaRuntime.JAR_TIME, "--main-class", "io.pyserver.lab.Main", "-C",
						WORK.resolve("classes").toString(), ".", "-C", "src/lab/resources", ".", "-C", "target/classes",
						"io/pyserver/board/signs.css", "-C", "target/classes", "io/pyserver/board/signs.html", "-C",
						".", "k8s"));
		Path sbom = WORK.resolve("app/usr/share/sbom/pyserver-lab.cdx.json");
		Files.createDirectories(sbom.getParent());
		Files.writeString(sbom, sbom(version, libraries));
		if (ImageProperties.LINUX) {
			JavaRuntime.link(WORK.resolve("java/opt/java"), MODULES);
		}
	}

	private static void compile(Path classes, List<Path> libraries) throws IOException {
		List<String> command = new ArrayList<>(List.of("-proc:none", "-parameters", "-Xlint:all", "-d",
				classes.toString(), "-cp",
				libraries.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator))));
		for (Path sources : List.of(Path.of("src/lab/java"), TEMPLATES)) {
			try (Stream<Path> files = Files.walk(sources)) {
				files.map(Path::toString).filter((file) -> file.endsWith(".java")).sorted().forEach(command::add);
			}
		}
		JavaRuntime.run("javac", command);
	}

	/** In CycloneDX's format. Its Maven plugin only supports the service's class path. */
	private static String sbom(String version, List<Path> libraries) {
		return """
				{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
				 "metadata": {"component": {"type": "application", "group": "io.pyserver", "name": "pyserver-lab", "version": "%s"}},
				 "components": [
				%s
				]}
				"""
			.formatted(version, libraries.stream().map(PrepareLab::component).collect(Collectors.joining(",\n")));
	}

	private static String component(Path jar) {
		Matcher coordinates = COORDINATES.matcher(jar.toString().replace('\\', '/'));
		if (!coordinates.matches()) {
			throw new IllegalStateException(jar + " is in no Maven repository");
		}
		String group = coordinates.group("group").replace('/', '.');
		String name = coordinates.group("name");
		String version = coordinates.group("version");
		return "  {\"type\": \"library\", \"group\": \"%s\", \"name\": \"%s\", \"version\": \"%s\", \"purl\": \"pkg:maven/%1$s/%2$s@%3$s?type=jar\", \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"%4$s\"}]}"
			.formatted(group, name, version, sha256(jar));
	}

	private static String sha256(Path jar) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
