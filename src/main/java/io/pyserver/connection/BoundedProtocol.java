package io.pyserver.connection;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 on an endpoint with a bound. Public, with a public constructor,
 * because Tomcat makes everyone's by its name.
 */
public final class BoundedProtocol extends Http11NioProtocol {

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

	/** Of an answer's body, in bytes; each connection that ever had one holds as much. */
	@Override
	public int getDesiredBufferSize() {
		return 1_024;
	}

}
