package io.pyserver.hello;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;

import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.ByteChunk;
import org.jspecify.annotations.Nullable;

/**
 * The host that a request names, in the {@code Host} header or in an absolute target.
 * Flask accepts any name. Tomcat rejects a name with an underscore, and a header that
 * differs from the target. In the second case RFC 9112 (3.2.2) says to ignore the header.
 */
final class NamedHost {

	private static final Pattern UNDERSCORED = Pattern.compile("([a-zA-Z0-9.-]*_[a-zA-Z0-9._-]*)(:\\d{1,5})?");

	private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?]*).*");

	private NamedHost() {
	}

	/**
	 * Returns whether the host is the only reason for Tomcat's 400. Sets a host with an
	 * underscore as the server name. Tomcat still closes the connection.
	 */
	static boolean acceptIfOnlyHostRejected(Request request, Response response) {
		String host = header(request);
		if (response.getStatus() != HttpServletResponse.SC_BAD_REQUEST || host == null) {
			return false;
		}
		Matcher underscored = UNDERSCORED.matcher(host);
		if (underscored.matches()) {
			request.serverName().setString(underscored.group(1));
			return true;
		}
		Matcher absolute = ABSOLUTE.matcher(target(request.requestURI().getByteChunk()));
		return absolute.matches() && !absolute.group(1).equalsIgnoreCase(host) && !request.serverName().isNull();
	}

	/** Returns null when there is more than one header. */
	private static @Nullable String header(Request request) {
		try {
			return String.valueOf(request.getMimeHeaders().getUniqueValue("Host"));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Returns the target as sent. Tomcat keeps only the path of an absolute target, but
	 * its buffer still contains the whole target between blanks.
	 */
	private static String target(ByteChunk path) {
		if (path.isNull()) {
			return "";
		}
		byte[] buffer = path.getBuffer();
		int start = path.getStart();
		while (start > 0 && buffer[start - 1] > ' ') {
			start--;
		}
		return new String(buffer, start, path.getEnd() - start, StandardCharsets.ISO_8859_1);
	}

}
