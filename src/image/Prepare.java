import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prepares the contents of the image, except the libraries, after the service's jar is
 * built: Spring's AOT classes, the Java runtime and the AOT cache. If the image cannot be
 * built, or no Docker can run it, it prints the reason in one line and prepares nothing.
 *
 * <p>
 * Usage: {@code java Prepare.java NAME=VALUE...}, with the service's class path, which
 * starts with its own classes. A value is empty or {@code ${...}} if Maven does not know
 * it. The files of the image are written to {@code java} and {@code app} below
 * {@code target/image}, and what the build has to know of it to
 * {@link ImageProperties#FILE}.
 */
class Prepare {

	private static final Path WORK = Path.of("target/image");

	public static void main(String[] arguments) throws Exception {
		Map<String, String> build = Stream.of(arguments)
			.map((argument) -> argument.split("=", 2))
			.filter((argument) -> !argument[1].isEmpty() && !argument[1].startsWith("${"))
			.collect(Collectors.toMap((argument) -> argument[0], (argument) -> argument[1]));
		Path jar = Path.of(build.get("jar"));
		String mainClass = build.get("main-class");
		boolean asked = build.containsKey("image");
		String baseImage = ImageProperties.baseImage(build.get("base-image"));

		Optional<String> missing = new Prerequisites(baseImage, asked, build.get("offline").equals("true"),
				build.containsKey("proxy"))
			.missing();
		new ImageProperties(baseImage, build.getOrDefault("revision", ""), build.getOrDefault("source", ""))
			.write(missing.isPresent());
		if (missing.isPresent()) {
			Files.deleteIfExists(Path.of("target/jib-image.tar"));
			System.out.println("NO IMAGE is built, and nothing is prepared for it: " + missing.get());
			System.exit(asked ? 1 : 0);
		}
		String classPath = System.getProperty("java.class.path");
		SpringAot.process(mainClass, classPath, WORK.resolve("aot"), jar);
		Path options = Files.createDirectories(WORK.resolve("app/app")).resolve("jvm.options");
		Files.copy(Path.of("src/image/jvm.options"), options, StandardCopyOption.REPLACE_EXISTING);
		if (!ImageProperties.LINUX) {
			System.out.println("This is the plain image, on " + baseImage
					+ ": the lean one, with its own runtime and AOT cache, is built on Linux.");
			return;
		}
		Path runtime = JavaRuntime.link(WORK.resolve("java/opt/java"));
		Train.train(runtime, options, mainClass, jar, classPath, WORK.resolve("training"),
				WORK.resolve("app/app/cache/app.aot"));
	}

}
