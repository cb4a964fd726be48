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

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.lab.cluster.Output;
import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Observation.ImageIdentity;

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
	 * another time, which gives it another identity.
	 * @param name its own name
	 */
	public static void writeOtherBuild(Path archive, String name, String other) throws IOException {
		try (TarArchiveInputStream from = new TarArchiveInputStream(Files.newInputStream(ARCHIVE));
				TarArchiveOutputStream to = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
			for (TarArchiveEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
				byte[] content = from.readAllBytes();
				if (entry.getName().endsWith(".json")) {
					content = new String(content, StandardCharsets.UTF_8).replace(name, other)
						.replaceAll("\"created\":\"\\d{4}-", "\"created\":\"1971-")
						.getBytes(StandardCharsets.UTF_8);
				}
				entry.setSize(content.length);
				to.putArchiveEntry(entry);
				to.write(content);
				to.closeArchiveEntry();
			}
		}
	}

}
