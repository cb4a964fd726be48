package io.pyserver.lab.k3s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Observation.ImageIdentity;
import io.pyserver.lab.cluster.Shell.Output;

/**
 * The image of the build, its digests on the nodes, and an image that differs from it.
 */
public final class BuiltImage {

	public static final Path ARCHIVE = Path.of("target/jib-image.tar");

	private static final Path IDENTITY = Path.of("target/jib-image.id");

	private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

	private BuiltImage() {
	}

	/**
	 * The digest of the configuration is that of the build. The nodes write manifests
	 * when they import the image; those that lead to this configuration count.
	 */
	static ImageIdentity identity(Stream<? extends Shell> nodes) {
		try {
			String configuration = Files.readString(IDENTITY).strip();
			return new ImageIdentity(configuration,
					nodes.flatMap((node) -> manifests(node, configuration)).collect(Collectors.toSet()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(IDENTITY + " is missing beside " + ARCHIVE, ex);
		}
	}

	private static Stream<String> manifests(Shell node, String configuration) {
		return DIGEST.matcher(node.run("ctr", "-n", "k8s.io", "images", "ls").stdout())
			.results()
			.map(MatchResult::group)
			.distinct()
			.filter((digest) -> leadsTo(node, digest, configuration));
	}

	/** A manifest names its configuration, an index names manifests. */
	private static boolean leadsTo(Shell node, String digest, String configuration) {
		Output content = node.run("ctr", "-n", "k8s.io", "content", "get", digest);
		if (!content.succeeded() || !content.stdout().startsWith("{")) {
			return false;
		}
		JsonNode manifest = JsonMapper.shared().readTree(content.stdout());
		return manifest.at("/config/digest").asString("").equals(configuration) || manifest.path("manifests")
			.valueStream()
			.anyMatch((each) -> leadsTo(node, each.path("digest").asString(""), configuration));
	}

	/**
	 * Writes the archive of this image with another name and, in its configuration,
	 * another time, which gives it another identity. Both have the length of what they
	 * replace, because the archive states the length of its files.
	 * @param name its own name
	 * @return the other name
	 */
	public static String writeOtherBuild(Path archive, String name) throws IOException {
		String other = name.replaceFirst(".$", name.endsWith("x") ? "y" : "x");
		Files.writeString(archive,
				Files.readString(ARCHIVE, StandardCharsets.ISO_8859_1)
					.replace(name, other)
					.replaceAll("\"created\":\"\\d{4}-", "\"created\":\"1971-"),
				StandardCharsets.ISO_8859_1);
		return other;
	}

}
