package io.pyserver.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.support.UnpackedImage;

/**
 * An image archive of the build, base image and all.
 *
 * @param config the image's configuration
 * @param entries what a container sees of its layers
 */
record ImageArchive(JsonNode config, List<ImageEntry> entries) {

	/**
	 * Reads the service's.
	 * @param directory an empty one, for its layers
	 */
	static ImageArchive in(Path directory) throws IOException, InterruptedException {
		return of(UnpackedImage.ARCHIVE, directory);
	}

	static ImageArchive of(Path archive, Path directory) throws IOException, InterruptedException {
		tar("--extract", "--file=" + archive, "--directory=" + directory);
		JsonNode manifest = JsonMapper.shared().readTree(directory.resolve("manifest.json")).get(0);
		JsonNode config = JsonMapper.shared().readTree(directory.resolve(manifest.get("Config").asString()));
		List<Boolean> ours = config.get("history")
			.valueStream()
			.filter((step) -> !step.path("empty_layer").asBoolean(false))
			.map((step) -> step.path("created_by").asString("").startsWith("jib-maven-plugin"))
			.toList();
		Map<String, ImageEntry> entries = new LinkedHashMap<>();
		for (int i = 0; i < manifest.get("Layers").size(); i++) {
			boolean built = ours.get(i);
			tar("--list", "--verbose", "--numeric-owner",
					"--file=" + directory.resolve(manifest.get("Layers").get(i).asString()))
				.map((line) -> ImageEntry.of(line, built))
				.forEach((entry) -> entries.put(entry.path(), entry));
		}
		return new ImageArchive(config, List.copyOf(entries.values()));
	}

	Stream<ImageEntry> ours() {
		return this.entries.stream().filter(ImageEntry::ours);
	}

	String label(String name) {
		return this.config.at("/config/Labels").path("org.opencontainers.image." + name).asString("");
	}

	/** The user that the image runs as, and its group. */
	int[] user() {
		return Stream.of(this.config.at("/config/User").asString().split(":")).mapToInt(Integer::parseInt).toArray();
	}

	private static Stream<String> tar(String... arguments) throws IOException, InterruptedException {
		Path output = Files.createTempFile("tar", null);
		try {
			Process tar = new ProcessBuilder(
					Stream.concat(Stream.of("tar", "--warning=no-unknown-keyword"), Stream.of(arguments)).toList())
				.redirectOutput(output.toFile())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			if (tar.waitFor() != 0) {
				throw new IOException("tar " + String.join(" ", arguments) + " failed");
			}
			return Files.readAllLines(output, StandardCharsets.UTF_8).stream();
		}
		finally {
			Files.delete(output);
		}
	}

}
