package io.pyserver.probe;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, made once when the answer is given; or one connection that
 * is a probe by itself. All texts are of bounded length.
 *
 * @param time when the answer was given
 * @param remoteAddress the address of the connection's other end, in its shortest form,
 * or null when the client left before it was asked
 * @param serverAddress the address of this end, or null likewise
 * @param method the method as sent; as the two below, in visible ASCII, the rest escaped;
 * {@code TCP} for a connection
 * @param target path and query as sent; for a connection the port, as {@code :9101}
 * @param protocol such as {@code HTTP/1.1}, or null when none was sent
 * @param userAgent the header in visible ASCII, the rest escaped, or null
 * @param trace the trace's identity, 32 hexadecimal digits, or null when none was sent
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
