package io.pyserver.grpc;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

import io.pyserver.connection.ConnectionCounts;

/**
 * HTTP/2 without TLS for a client that starts with it, as gRPC does. There is no upgrade
 * from HTTP/1.1, because Flask has none.
 * <p>
 * A request takes about 30 KB of the heap until its thread has run, even after a reset.
 * So connections are limited, and each counts for a minimum time even if it is closed.
 */
final class PriorKnowledgeHttp2 extends Http2Protocol {

	/** The maximum for one connector. The node's connector has its own. */
	private static final int MAX_CONNECTIONS = 16;

	/**
	 * At 0.5 CPU rapid resets exhausted the heap in 3 of 5 runs with 0.1 s, and in none
	 * of 3 with this value.
	 */
	private static final Duration MIN_COUNTED_TIME = Duration.ofMillis(500);

	/** Requests at a time on one connection. A probe needs one. */
	private static final int MAX_STREAMS = 2;

	/** In bytes. Tomcat keeps two buffers of this size for each request with a body. */
	private static final int WINDOW = 4 * 1024;

	/**
	 * Each reset adds this many points to a connection, and each request removes some.
	 * Tomcat closes the connection above 100 points.
	 */
	private static final int RESET_POINTS = 100;

	private final ConnectionCounts counts;

	/** The start of each connection that counts, as {@link System#nanoTime}. */
	private final Map<SocketWrapperBase<?>, Long> counted = new HashMap<>();

	PriorKnowledgeHttp2(ConnectionCounts counts) {
		this.counts = counts;
		setMaxConcurrentStreams(MAX_STREAMS);
		setInitialWindowSize(WINDOW);
		setOverheadResetFactor(RESET_POINTS);
	}

	@Override
	public boolean accept(Request upgrade) {
		return false;
	}

	@Override
	public Processor getProcessor(SocketWrapperBase<?> connection, Adapter adapter) {
		if (!tryAdd(connection)) {
			connection.close();
			this.counts.countShed();
		}
		return super.getProcessor(connection, adapter);
	}

	private synchronized boolean tryAdd(SocketWrapperBase<?> connection) {
		long now = System.nanoTime();
		this.counted.entrySet()
			.removeIf((entry) -> entry.getKey().isClosed() && now - entry.getValue() > MIN_COUNTED_TIME.toNanos());
		return this.counted.size() < MAX_CONNECTIONS && this.counted.put(connection, now) == null;
	}

}
