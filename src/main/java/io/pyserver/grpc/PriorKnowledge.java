package io.pyserver.grpc;

import org.apache.coyote.Request;
import org.apache.coyote.http2.Http2Protocol;

/**
 * HTTP/2 without TLS for a client that speaks it from the first byte, as gRPC does. Not
 * by an upgrade from HTTP/1.1, of which Flask knows nothing.
 */
final class PriorKnowledge extends Http2Protocol {

	/** A probe needs one. */
	private static final int STREAMS = 10;

	/**
	 * In bytes. Tomcat keeps two buffers of this size for each request with a body.
	 */
	private static final int WINDOW = 4 * 1024;

	PriorKnowledge() {
		setMaxConcurrentStreams(STREAMS);
		setInitialWindowSize(WINDOW);
	}

	@Override
	public boolean accept(Request upgrade) {
		return false;
	}

}
