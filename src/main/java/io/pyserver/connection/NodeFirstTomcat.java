package io.pyserver.connection;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/**
 * Spring Boot's Tomcat with two connectors on one port: everyone's, and one that only the
 * node gets to. All that Spring Boot sets for the one, TLS and HTTP/2 as well, it sets
 * for the other. The server for management, on another port, Spring Boot makes of the
 * same class; that one has one connector, with as small buffers and no bound.
 */
final class NodeFirstTomcat extends TomcatServletWebServerFactory {

	private static final Logger logger = LoggerFactory.getLogger(NodeFirstTomcat.class);

	private static final int NODE_THREADS = 4;

	private final @Nullable SourceFilter node;

	private final ConnectionCounts counts;

	private final boolean bounded;

	/** Called by Spring Boot, for the server for management. */
	NodeFirstTomcat() {
		this(null, new ConnectionCounts(), false);
	}

	/**
	 * The service's own.
	 * @param node whom the second connector is for, or null for none
	 * @param counts of connections that there is no room for
	 * @param bounded whether everyone's connections have a bound beside Tomcat's own
	 */
	NodeFirstTomcat(@Nullable SourceFilter node, ConnectionCounts counts, boolean bounded) {
		this.node = node;
		this.counts = counts;
		this.bounded = bounded;
		setProtocol(BoundedProtocol.class.getName());
	}

	@Override
	protected void customizeConnector(Connector connector) {
		super.customizeConnector(connector);
		if (!(connector.getProtocolHandler() instanceof BoundedProtocol everyone)) {
			return;
		}
		if (this.node == null) {
			everyone.bound(Integer.MAX_VALUE, Integer.MAX_VALUE, this.counts);
			return;
		}
		// By TLS a connection takes 70 KB of the heap, otherwise an idle one takes 5.
		int most = everyone.isSSLEnabled() ? 64 : 256;
		everyone.bound(this.bounded ? most : Integer.MAX_VALUE, most / 4, this.counts);
		if (NodeQueue.isThere(this.node)) {
			addAdditionalConnectors(nodeConnector(new NodeEndpoint(everyone.endpoint(), this.node), everyone));
		}
		else {
			logger.warn("This kernel cannot tell the node's connections from others: probes wait among them");
		}
	}

	private Connector nodeConnector(NodeEndpoint endpoint, BoundedProtocol everyone) {
		BoundedProtocol protocol = new BoundedProtocol(endpoint);
		Connector connector = new Connector(protocol);
		connector.setThrowOnFailure(true);
		super.customizeConnector(connector);
		protocol.bound(32, 16, this.counts);
		protocol.setMaxConnections(-1);
		// Everyone's run what comes while all of these are busy.
		protocol.setExecutor(new ThreadPoolExecutor(0, NODE_THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(),
				Thread.ofPlatform().daemon().name("node-", 1).factory(),
				(request, _) -> everyone.getExecutor().execute(request)));
		return connector;
	}

}
