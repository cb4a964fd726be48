package io.pyserver.connection;

import java.net.InetAddress;
import java.util.function.Predicate;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 on an endpoint that lets the node in first. Public, with a public
 * constructor, because Tomcat makes it by its name.
 */
public final class NodeFirstProtocol extends Http11NioProtocol {

	private final NodeFirstEndpoint endpoint;

	/** Called by Tomcat. */
	public NodeFirstProtocol() {
		this(new NodeFirstEndpoint());
	}

	private NodeFirstProtocol(NodeFirstEndpoint endpoint) {
		super(endpoint);
		this.endpoint = endpoint;
		endpoint.nodeEndpoint().setHandler(new ConnectionHandler<>(this));
		// Those that are kept for the next requests hold their memory as well.
		setProcessorCache(NodeFirstEndpoint.MOST_BEGUN);
	}

	/** Of an answer's body, in bytes; each connection that ever had one holds as much. */
	@Override
	public int getDesiredBufferSize() {
		return 1_024;
	}

	void use(Predicate<InetAddress> node, SourceFilter nodeFilter, ConnectionCounts counts) {
		this.endpoint.use(node, nodeFilter, counts);
	}

}
