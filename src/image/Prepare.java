import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Prepares the contents of the image, except the libraries, after the service's jar is
 * built: Spring's AOT classes, the Java runtime and the AOT cache. It runs only if
 * {@link Decide} has found that the image can be built.
 *
 * <p>
 * Usage: {@code java Prepare.java JAR MAIN-CLASS BASE-IMAGE}, with the service's class
 * path, which starts with its own classes. The files of the image are written to
 * {@code java} and {@code app} below {@code target/image}.
 */
class Prepare {

	private static final Path WORK = Path.of("target/image");

	public static void main(String[] arguments) throws Exception {
		Path jar = Path.of(arguments[0]);
		String mainClass = arguments[1];
		String baseImage = arguments[2];
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
