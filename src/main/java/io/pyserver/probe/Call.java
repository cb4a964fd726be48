package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, or one connection that is a TCP probe. It is created once,
 * when the answer is given. All texts have a limited length. Method, target, protocol and
 * user agent are visible ASCII with the rest escaped.
 *
 * @param time when the answer was given
 * @param remoteAddress the client's address in its shortest form, or null when the client
 * left before Tomcat read it
 * @param serverAddress the service's address, or null likewise
 * @param method the method as sent; {@code TCP} for a connection
 * @param target path and query as sent; for a connection the port, such as {@code :9101}
 * @param protocol such as {@code HTTP/1.1}, or null when none was sent
 * @param userAgent the header, or null
 * @param trace the trace's id, 32 hexadecimal digits, or null when none was sent
 * @param status the HTTP status, 100 to 599
 * @param responseSize the bytes of the body that were sent
 * @param latency from the first byte to the answer
 * @param attribution who called
 * @param failed whether the kubelet counts this answer as a failure
 */
public record Call(Instant time, @Nullable String remoteAddress, @Nullable String serverAddress, String method,
		String target, @Nullable String protocol, @Nullable String userAgent, @Nullable String trace, int status,
		long responseSize, Duration latency, Attribution attribution, boolean failed) {

	/** The first line, such as {@code GET / HTTP/1.1}. */
	public String requestLine() {
		return this.method + " " + this.target + ((this.protocol != null) ? " " + this.protocol : "");
	}

}
