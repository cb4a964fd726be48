import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Ends the build if no JDK is new enough, with one line that names what is needed, what
 * was found and how to get it. Maven's toolchains plugin names only what it looked for.
 * The JDK that runs Maven runs this file as well, from version 17 on.
 */
final class RequireJdk {

	private static final Path FOUND = Path.of("target", "jdks.xml");

	/** If a user lists the JDKs in this file, the toolchains plugin searches no others. */
	private static final Path LISTED = Path.of(System.getProperty("user.home"), ".m2", "toolchains.xml");

	private static final Pattern VERSION = Pattern.compile("<version>((\\d+)[^<]*)</version>");

	private RequireJdk() {
	}

	/**
	 * Checks the JDKs that the toolchains plugin found.
	 * @param args the lowest version, such as {@code 25}
	 * @throws IOException if the list of JDKs cannot be read
	 */
	public static void main(String[] args) throws IOException {
		int needed = Integer.parseInt(args[0]);
		String jdks = Files.readString(FOUND);
		if (Files.exists(LISTED)
				|| VERSION.matcher(jdks).results().anyMatch((jdk) -> Integer.parseInt(jdk.group(2)) >= needed)) {
			return;
		}
		System.err.printf(
				"A JDK %d or later is needed; found: %s. Install one, such as https://adoptium.net has, or name its folder in JAVA_HOME.%n",
				needed, VERSION.matcher(jdks).results().map(RequireJdk::name).collect(Collectors.joining(", ")));
		System.exit(1);
	}

	private static String name(MatchResult jdk) {
		return jdk.group(1);
	}

}
