package io.pyserver.lab.shipped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.InputStream;
import java.util.Objects;

import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * A file of {@code k8s} with one object, among the program's resources.
 *
 * @param name from there on
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
