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
 * The host that a request names, in the header {@code Host} or in an absolute target.
 * Flask answers under any name. Tomcat refuses a name with an underscore, and a header
 * that differs from the target, which RFC 9112 (3.2.2) says is to be ignored then.
 */
final class NamedHost {

	private static final Pattern UNDERSCORED = Pattern.compile("([a-zA-Z0-9.-]*_[a-zA-Z0-9._-]*)(:\\d{1,5})?");

	private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?]*).*");

	private NamedHost() {
	}

	/**
	 * Whether Tomcat refused the request for no other reason; then it is given its name.
	 * Its connection is closed all the same: what follows is not read.
	 */
	static boolean isAllThatIsWrong(Request request, Response response) {
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

	/** The one there is, or null. */
	private static @Nullable String header(Request request) {
		try {
			return String.valueOf(request.getMimeHeaders().getUniqueValue("Host"));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * As it was sent: of an absolute one Tomcat has kept the path alone, between blanks
	 * in its buffer.
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
