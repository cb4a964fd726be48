package io.pyserver.connection;

import java.time.Duration;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 on an endpoint with a bound. Public, with a public constructor,
 * because Tomcat makes everyone's by its name.
 */
public final class BoundedProtocol extends Http11NioProtocol {

	/** With less, clients at full speed end each other. */
	private static final Duration SILENCE = Duration.ofMillis(100);

	/** What is read in a handshake does not count. */
	private static final Duration SILENCE_BY_TLS = Duration.ofSeconds(1);

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

	/** To be called once, when TLS is set. */
	void bound(int most, int mostBegun, ConnectionCounts counts) {
		this.endpoint.bound(most, mostBegun, isSSLEnabled() ? SILENCE_BY_TLS : SILENCE, counts);
	}

	/** Of an answer's body, in bytes; each connection that ever had one holds as much. */
	@Override
	public int getDesiredBufferSize() {
		return 1_024;
	}

}
