package io.pyserver.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.web.HttpRequestHandler;

/**
 * Something that is there as a whole.
 *
 * @param contentType the media type, with its character set
 * @param content what it is when it is asked for
 */
record Asset(String contentType, Supplier<String> content) implements HttpRequestHandler {

	/** A file beside this class. */
	static Asset of(String contentType, String file) {
		return new Asset(contentType, () -> read(file));
	}

	static String read(String file) {
		try {
			return new ClassPathResource(file, Asset.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + " is not in the jar", ex);
		}
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		byte[] bytes = this.content.get().getBytes(StandardCharsets.UTF_8);
		response.setContentType(this.contentType);
		response.setContentLength(bytes.length);
		response.getOutputStream().write(bytes);
	}

}
