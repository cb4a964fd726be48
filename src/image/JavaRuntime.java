import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Links the Java runtime of an image: those modules of the building JDK that are needed.
 */
class JavaRuntime {

	/**
	 * All of Java SE, so that a class that is added finds what it needs, such as
	 * java.net.http: fewer modules would save 1 MB of 33 (2026-12-01). jdk.management is
	 * for the metrics that can be turned on, jdk.unsupported for libraries.
	 */
	private static final List<String> MODULES = List.of("java.se", "jdk.management", "jdk.unsupported");

	/** The time of all entries of a jar, which makes the jar reproducible. */
	static final String JAR_TIME = "2026-11-23T00:00:00Z";

	/** Links the runtime of the service. */
	static Path link(Path directory) throws IOException {
		return link(directory, MODULES);
	}

	static Path link(Path directory, List<String> modules) throws IOException {
		delete(directory);
		run("jlink", List.of("--output", directory.toString(), "--add-modules", String.join(",", modules), "--vm",
				"server", "--strip-debug", "--no-header-files", "--no-man-pages"));
		return directory;
	}

	/**
	 * Runs one of this JDK's tools.
	 * @throws IllegalStateException when it fails, after it has printed the reason
	 */
	static void run(String tool, List<String> arguments) {
		ToolProvider program = ToolProvider.findFirst(tool).orElseThrow();
		if (program.run(System.out, System.err, arguments.toArray(String[]::new)) != 0) {
			throw new IllegalStateException(tool + " failed");
		}
	}

	/** Deletes a directory, because jlink only writes to a new one. */
	static void delete(Path directory) throws IOException {
		if (Files.exists(directory)) {
			try (Stream<Path> files = Files.walk(directory)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

}
