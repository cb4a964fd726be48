package io.pyserver.lab.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * A file of {@code k8s} with one object.
 *
 * @param name from there on
 */
record ManifestFile(String name) {

	<T> T as(Class<T> type) {
		try {
			return Serialization.unmarshal(Files.readString(Path.of("k8s", this.name)), type);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
