import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * Runs Spring's AOT processing at build time, like the goal {@code process-aot} of Spring
 * Boot's plugin. The goal compiles with the JDK that runs Maven, which cannot read the
 * service's classes when it is older than the toolchain's JDK.
 */
class SpringAot {

	/**
	 * Adds the classes that Spring generates to the service's jar.
	 * @param work a directory for intermediate files
	 */
	static void process(String mainClass, String classPath, Path work, Path jar) throws Exception {
		Path sources = work.resolve("sources");
		Path classes = work.resolve("classes");
		SpringApplicationAotProcessor.main(new String[] { mainClass, sources.toString(),
				work.resolve("resources").toString(), classes.toString(), "io.pyserver", "pyserver" });
		// Spring writes sources, and also classes: proxies such as the one of a @Configuration.
		String known = classes + File.pathSeparator + classPath;
		List<String> compile = new ArrayList<>(
				List.of("-proc:none", "-nowarn", "-parameters", "-d", classes.toString(), "-cp", known));
		files(sources).map(Path::toString).forEach(compile::add);
		JavaRuntime.run("javac", compile);

		List<String> update = new ArrayList<>(List.of("--update", "--file", jar.toString(), "--date", JavaRuntime.JAR_TIME));
		files(classes).forEach(
				(file) -> update.addAll(List.of("-C", classes.toString(), classes.relativize(file).toString())));
		JavaRuntime.run("jar", update);
	}

	private static Stream<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).sorted().toList().stream();
		}
	}

}
