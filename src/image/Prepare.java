import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Prepares the contents of the image, except the libraries, after the service's jar is
 * built: Spring's AOT classes, the Java runtime and the AOT cache. If the image cannot be
 * built, or no Docker can run it, it prints the reason in one line and prepares nothing.
 *
 * <p>
 * Usage:
 * {@code java Prepare.java WORK JAR MAIN_CLASS BASE_IMAGE asked=BOOLEAN offline=BOOLEAN [PROXY]},
 * with the service's class path, which starts with its own classes. The files of the
 * image are written to {@code java} and {@code app} below WORK. The properties of the
 * build are written to {@code WORK/image.properties}.
 */
class Prepare {

	public static void main(String[] arguments) throws Exception {
		Path work = Path.of(arguments[0]);
		Path jar = Path.of(arguments[1]);
		String mainClass = arguments[2];
		boolean asked = arguments[4].equals("asked=true");
		boolean offline = arguments[5].equals("offline=true");
		boolean proxied = arguments.length > 6 && !arguments[6].isEmpty();

		Optional<String> missing = new Prerequisites(arguments[3], asked, offline, proxied).missing();
		Files.createDirectories(work);
		Files.writeString(work.resolve("image.properties"), "image.skip=" + missing.isPresent() + "\n");
		if (missing.isPresent()) {
			Files.deleteIfExists(Path.of("target/jib-image.tar"));
			System.out.println("NO IMAGE is built, and nothing is prepared for it: " + missing.get());
			System.exit(asked ? 1 : 0);
		}
		String classPath = System.getProperty("java.class.path");
		SpringAot.process(mainClass, classPath, work.resolve("aot"), jar);
		Path options = Files.createDirectories(work.resolve("app/app")).resolve("jvm.options");
		Files.copy(Path.of("src/image/jvm.options"), options, StandardCopyOption.REPLACE_EXISTING);
		if (!System.getProperty("os.name").equals("Linux")) {
			System.out.println("This is the plain image, on " + arguments[3]
					+ ": the lean one, with its own runtime and AOT cache, is built on Linux.");
			return;
		}
		Path runtime = JavaRuntime.link(work.resolve("java/opt/java"));
		Train.train(runtime, options, mainClass, jar, classPath, work.resolve("training"),
				work.resolve("app/app/cache/app.aot"));
	}

}
