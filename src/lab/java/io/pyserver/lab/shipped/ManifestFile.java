package io.pyserver.lab.shipped;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * A file of {@code k8s} with one object. It is a resource of the program.
 *
 * @param name relative to {@code k8s}
 */
record ManifestFile(String name) {

	<T> T as(Class<T> type) {
		try (InputStream file = ManifestFile.class.getResourceAsStream("/k8s/" + this.name)) {
			return Serialization.unmarshal(Objects.requireNonNull(file, this.name), type);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
