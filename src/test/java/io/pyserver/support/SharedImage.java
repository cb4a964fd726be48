package io.pyserver.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

import org.springframework.util.FileSystemUtils;

/**
 * Gives tests the image that the build has left, which is unpacked once for all of them.
 */
final class SharedImage extends TypeBasedParameterResolver<UnpackedImage> {

	@Override
	public UnpackedImage resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(Namespace.create(SharedImage.class))
			.computeIfAbsent(Unpacked.class, (_) -> Unpacked.now(), Unpacked.class)
			.image();
	}

	private record Unpacked(Path directory, UnpackedImage image) implements AutoCloseable {

		static Unpacked now() {
			try {
				Path directory = Files.createTempDirectory("image");
				return new Unpacked(directory, UnpackedImage.into(directory));
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException("The image cannot be unpacked", ex);
			}
		}

		@Override
		public void close() throws IOException {
			FileSystemUtils.deleteRecursively(this.directory);
		}

	}

}
