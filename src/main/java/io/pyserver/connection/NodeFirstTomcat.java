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
 * Spring Boot's Tomcat with two connectors on one port: one for the node, and the general
 * one. Spring Boot applies the same settings to both, including TLS and HTTP/2. It also
 * creates the management server from this class. That server has one connector, with the
 * same small buffers and no limit.
 */
final class NodeFirstTomcat extends TomcatServletWebServerFactory {

	private static final Logger logger = LoggerFactory.getLogger(NodeFirstTomcat.class);

	private static final int NODE_THREADS = 4;

	private final @Nullable SourceFilter node;

	private final ConnectionCounts counts;

	private final boolean bounded;

	/** Called by Spring Boot, for the management server. */
	NodeFirstTomcat() {
		this(null, new ConnectionCounts(), false);
	}

	/**
	 * Creates the service's server.
	 * @param node selects the node's connections, or null for no second connector
	 * @param counts counts the connections that are closed or evicted
	 * @param limited whether the general connector has this connection limit
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
		// A TLS connection takes 70 KB of the heap, an idle one without TLS 5 KB.
		int most = everyone.isSSLEnabled() ? 64 : 256;
		everyone.bound(this.bounded ? most : Integer.MAX_VALUE, most / 4, this.counts);
		if (NodeQueue.isThere(this.node)) {
			addAdditionalConnectors(nodeConnector(new NodeEndpoint(everyone.endpoint(), this.node), everyone));
		}
		else {
			logger.warn("This kernel cannot separate the node's connections: probes wait in the general backlog");
		}
	}

	private Connector nodeConnector(NodeEndpoint endpoint, BoundedProtocol everyone) {
		BoundedProtocol protocol = new BoundedProtocol(endpoint);
		Connector connector = new Connector(protocol);
		connector.setThrowOnFailure(true);
		super.customizeConnector(connector);
		protocol.bound(32, 16, this.counts);
		protocol.setMaxConnections(-1);
		// The general connector's threads take over while all of these are busy.
		protocol.setExecutor(new ThreadPoolExecutor(0, NODE_THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(),
				Thread.ofPlatform().daemon().name("node-", 1).factory(),
				(request, _) -> everyone.getExecutor().execute(request)));
		return connector;
	}

}
