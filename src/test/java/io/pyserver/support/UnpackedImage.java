package io.pyserver.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The image archive of the build, laid out in a directory so that its own entrypoint can
 * be run without Docker.
 *
 * @param root the directory that stands for the image's {@code /}
 * @param entrypoint the image's entrypoint, its paths moved under the root
 */
public record UnpackedImage(Path root, List<String> entrypoint) {

	/** Of the build. */
	public static final Path ARCHIVE = Path.of("target/jib-image.tar");

	/** Names begin so in the layers of the base image, and in no layer of Jib's. */
	private static final String OUTSIDE_APP_AND_RUNTIME = "--exclude=./*";

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * For the condition of a test.
	 * @return whether the build has left the image
	 */
	public static boolean isBuilt() {
		return Files.exists(ARCHIVE);
	}

	/**
	 * Unpacks the archive of the build.
	 * @param directory an empty one
	 * @return the image in it
	 * @throws IOException when the archive cannot be read
	 * @throws InterruptedException when the waiting for tar is interrupted
	 */
	public static UnpackedImage into(Path directory) throws IOException, InterruptedException {
		return of(ARCHIVE, directory);
	}

	/** The same of another build's archive. */
	public static UnpackedImage of(Path tar, Path directory) throws IOException, InterruptedException {
		Path archive = Files.createDirectory(directory.resolve("archive"));
		Path root = Files.createDirectory(directory.resolve("root"));
		untar(tar, archive);
		JsonNode manifest = JSON.readTree(archive.resolve("manifest.json")).get(0);
		for (JsonNode layer : manifest.get("Layers")) {
			untar(archive.resolve(layer.asString()), root, OUTSIDE_APP_AND_RUNTIME);
		}
		moveClassPath(root);
		JsonNode config = JSON.readTree(archive.resolve(manifest.get("Config").asString()));
		List<String> entrypoint = config.at("/config/Entrypoint")
			.valueStream()
			.map((argument) -> moved(argument.asString(), root))
			.toList();
		return new UnpackedImage(root, entrypoint);
	}

	/**
	 * Starts the image's entrypoint on a free port.
	 * @param log where both its outputs go
	 * @param properties such as {@code --pyserver.grpc-health=true}
	 * @return the process
	 * @throws IOException when it cannot be started
	 */
	public Process start(Path log, String... properties) throws IOException {
		List<String> command = new ArrayList<>(this.entrypoint);
		command.add(1, "-Djava.io.tmpdir=" + this.root);
		command.addAll(List.of("--server.port=0", "--management.server.port=0"));
		command.addAll(List.of(properties));
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
	}

	/**
	 * The same, run with one more option for Java.
	 * @param option such as {@code -Xmx12m}, which overrides the image's own
	 * @return the image
	 */
	public UnpackedImage with(String option) {
		List<String> command = new ArrayList<>(this.entrypoint);
		command.add(command.size() - 1, option);
		return new UnpackedImage(this.root, command);
	}

	/** Gives one of the dependencies a modification time of now. */
	public void touchLibrary() throws IOException {
		try (Stream<Path> libraries = Files.list(this.root.resolve("app/libs"))) {
			Path library = libraries.sorted().findFirst().orElseThrow();
			Files.setLastModifiedTime(library, FileTime.from(Instant.now()));
		}
	}

	private static void moveClassPath(Path root) throws IOException {
		Path file = root.resolve("app/jib-classpath-file");
		Files.writeString(file, Files.readString(file).replace("/app/", root + "/app/"));
	}

	private static String moved(String argument, Path root) {
		return argument.replaceFirst("(^|[@=])/(app|opt)/", "$1" + root + "/$2/");
	}

	private static void untar(Path archive, Path directory, String... options)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("tar", "--warning=no-unknown-keyword"));
		command.addAll(List.of(options));
		command.addAll(List.of("-xf", archive.toString(), "-C", directory.toString()));
		Process tar = new ProcessBuilder(command).inheritIO().start();
		if (tar.waitFor() != 0) {
			throw new IOException("tar could not unpack " + archive);
		}
	}

}
