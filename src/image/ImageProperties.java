import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The properties of the images that differ by machine or clone: whether they are built,
 * their base image, how they run Java, and their commit. pom.xml uses them by name.
 *
 * @param baseImage the name of the base image in Jib's format
 * @param revision the commit, or any other text if git does not say it
 * @param source the address of the repository, or any other text if git does not say it
 */
record ImageProperties(String baseImage, String revision, String source) {

	/** Maven reads the properties from this file. */
	static final Path FILE = Path.of("target/image/image.properties");

	/** Only on Linux jlink makes a runtime for Linux, and a cache can be trained. */
	static final boolean LINUX = System.getProperty("os.name").equals("Linux");

	private static final String PLAIN_BASE_IMAGE = "gcr.io/distroless/java25-debian13:debug-nonroot";

	private static final String LEAN_JAVA = "/opt/java/bin/java,@/app/jvm.options,-XX:AOTCache=/app/cache/app.aot,"
			+ "-Dpyserver.aot-cache=/app/cache/app.aot";

	private static final Pattern PINNED = Pattern.compile("(?<name>.+)@(?<digest>sha256:[0-9a-f]{64})");

	private static final String UNKNOWN = "unknown";

	private static final String COMMIT = "[0-9a-f]{40}(-dirty)?";

	/** Other addresses may be private or contain a user name, and become no label. */
	private static final String PUBLIC_ADDRESS = "https://[A-Za-z0-9.-]+/[A-Za-z0-9._/-]+";

	/**
	 * The name of the base image: the value of {@code BASE_IMAGE} if it is set.
	 * @param lean the default on Linux; other systems need a base image with Java
	 */
	static String baseImage(String lean) {
		return Optional.ofNullable(System.getenv("BASE_IMAGE"))
			.filter((name) -> !name.isEmpty())
			.orElse(LINUX ? lean : PLAIN_BASE_IMAGE);
	}

	/**
	 * Writes them into {@link #FILE}.
	 * @param skip whether no image is built
	 */
	void write(boolean skip) throws IOException {
		Matcher pinned = PINNED.matcher(this.baseImage);
		Properties properties = new Properties();
		properties.setProperty("image.skip", String.valueOf(skip));
		properties.setProperty("image.base", this.baseImage);
		properties.setProperty("image.base.name", pinned.matches() ? pinned.group("name") : this.baseImage);
		properties.setProperty("image.base.digest", pinned.matches() ? pinned.group("digest") : UNKNOWN);
		properties.setProperty("image.architecture",
				System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
		properties.setProperty("image.java", LINUX ? LEAN_JAVA : "java,@/app/jvm.options");
		properties.setProperty("lab.java", LINUX ? "/opt/java/bin/java" : "java");
		properties.setProperty("image.revision", known(this.revision, COMMIT));
		properties.setProperty("image.source", known(this.source, PUBLIC_ADDRESS));
		Files.createDirectories(FILE.getParent());
		try (Writer file = Files.newBufferedWriter(FILE)) {
			properties.store(file, null);
		}
	}

	private static String known(String value, String form) {
		return value.matches(form) ? value : UNKNOWN;
	}

}
