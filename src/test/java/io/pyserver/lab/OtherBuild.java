package io.pyserver.lab;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The image under test as another build might have made it: it does the same, under
 * another name and with another identity.
 */
final class OtherBuild {

	static final String NAME = "pyserver:other-build";

	private OtherBuild() {
	}

	/** Writes its archive. */
	static void write(Path archive, String name, Path other) throws IOException {
		try (TarArchiveInputStream from = new TarArchiveInputStream(
				new BufferedInputStream(Files.newInputStream(archive)));
				TarArchiveOutputStream to = new TarArchiveOutputStream(
						new BufferedOutputStream(Files.newOutputStream(other)))) {
			for (TarArchiveEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
				if (entry.getName().endsWith(".json")) {
					put(to, entry.getName(), changed(from, name));
				}
				else {
					to.putArchiveEntry(entry);
					from.transferTo(to);
					to.closeArchiveEntry();
				}
			}
		}
	}

	/** The manifest has the image's name, and the configuration the time it was made. */
	private static byte[] changed(InputStream json, String name) throws IOException {
		return new String(json.readAllBytes(), StandardCharsets.UTF_8).replace(name, NAME)
			.replaceAll("\"created\":\"\\d{4}-", "\"created\":\"1971-")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static void put(TarArchiveOutputStream to, String name, byte[] content) throws IOException {
		TarArchiveEntry entry = new TarArchiveEntry(name);
		entry.setSize(content.length);
		to.putArchiveEntry(entry);
		to.write(content);
		to.closeArchiveEntry();
	}

}
