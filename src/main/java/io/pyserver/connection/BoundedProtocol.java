package io.pyserver.connection;

import java.time.Duration;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 on an endpoint with limits. Tomcat creates it by its class name, so
 * the class and its constructor are public.
 */
public final class BoundedProtocol extends Http11NioProtocol {

	/** With a shorter time, active clients evict each other. */
	private static final Duration MIN_IDLE = Duration.ofMillis(100);

	/** Longer, because the bytes of a TLS handshake do not count as activity. */
	private static final Duration MIN_IDLE_WITH_TLS = Duration.ofSeconds(1);

	private final BoundedEndpoint endpoint;

	/** Called by Tomcat. */
	public BoundedProtocol() {
		this(new BoundedEndpoint());
	}

	BoundedProtocol(BoundedEndpoint endpoint) {
		super(endpoint);
		this.endpoint = endpoint;
		setMaxTrailerSize(1_024);
	}

	BoundedEndpoint endpoint() {
		return this.endpoint;
	}

	/** Sets the limits. It is called once, after TLS is configured. */
	void setLimits(int connectionLimit, int requestLimit, ConnectionCounts counts) {
		this.endpoint.setLimits(connectionLimit, requestLimit, isSSLEnabled() ? MIN_IDLE_WITH_TLS : MIN_IDLE, counts);
	}

	/** The response buffer, in bytes. A connection keeps it after its first answer. */
	@Override
	public int getDesiredBufferSize() {
		return 1_024;
	}

}
