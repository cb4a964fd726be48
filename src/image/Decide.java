import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether the images are built, before anything is prepared for them. If they
 * cannot be built, or no Docker can run them, it prints the reason in one line and deletes
 * the archives of an earlier build. The build then prepares nothing and starts no other
 * program for the images.
 *
 * <p>
 * Usage: {@code java Decide.java NAME=VALUE...}. A value is empty or {@code ${...}} if
 * Maven does not know it. What the build has to know of the images is written to
 * {@link ImageProperties#FILE}.
 */
class Decide {

	public static void main(String[] arguments) throws Exception {
		Map<String, String> build = Stream.of(arguments)
			.map((argument) -> argument.split("=", 2))
			.filter((argument) -> !argument[1].isEmpty() && !argument[1].startsWith("${"))
			.collect(Collectors.toMap((argument) -> argument[0], (argument) -> argument[1]));
		boolean asked = build.containsKey("image");
		String baseImage = ImageProperties.baseImage(build.get("base-image"));

		Optional<String> missing = new Prerequisites(baseImage, asked, build.get("offline").equals("true"),
				build.containsKey("proxy"))
			.missing();
		new ImageProperties(baseImage, build.getOrDefault("revision", ""), build.getOrDefault("source", ""))
			.write(missing.isPresent());
		if (missing.isPresent()) {
			Files.deleteIfExists(Path.of("target/jib-image.tar"));
			Files.deleteIfExists(Path.of("target/lab-image.tar"));
			System.out.println("NO IMAGE is built, and nothing is prepared for it: " + missing.get());
			System.exit(asked ? 1 : 0);
		}
	}

}
