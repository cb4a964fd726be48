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

	private final @Nullable SourceFilter nodeFilter;

	private final ConnectionCounts counts;

	private final boolean limited;

	/** Called by Spring Boot, for the management server. */
	NodeFirstTomcat() {
		this(null, new ConnectionCounts(), false);
	}

	/**
	 * Creates the service's server.
	 * @param nodeFilter selects the node's connections, or null for no second connector
	 * @param counts counts the connections that are closed or evicted
	 * @param limited whether to limit the general connector's connections; false when
	 * server.tomcat.max-connections is set
	 */
	NodeFirstTomcat(@Nullable SourceFilter nodeFilter, ConnectionCounts counts, boolean limited) {
		this.nodeFilter = nodeFilter;
		this.counts = counts;
		this.limited = limited;
		setProtocol(BoundedProtocol.class.getName());
	}

	@Override
	protected void customizeConnector(Connector connector) {
		super.customizeConnector(connector);
		if (!(connector.getProtocolHandler() instanceof BoundedProtocol general)) {
			return;
		}
		if (this.nodeFilter == null) {
			general.setLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, this.counts);
			return;
		}
		// A TLS connection takes 70 KB of the heap, an idle one without TLS 5 KB.
		int connectionLimit = general.isSSLEnabled() ? 64 : 256;
		general.setLimits(this.limited ? connectionLimit : Integer.MAX_VALUE, connectionLimit / 4, this.counts);
		if (NodeQueue.isSupported(this.nodeFilter)) {
			addAdditionalConnectors(nodeConnector(new NodeEndpoint(general.endpoint(), this.nodeFilter), general));
		}
		else {
			logger.warn("This kernel cannot separate the node's connections: probes wait in the general backlog");
		}
	}

	private Connector nodeConnector(NodeEndpoint endpoint, BoundedProtocol general) {
		BoundedProtocol protocol = new BoundedProtocol(endpoint);
		Connector connector = new Connector(protocol);
		connector.setThrowOnFailure(true);
		super.customizeConnector(connector);
		protocol.setLimits(32, 16, this.counts);
		protocol.setMaxConnections(-1);
		// The general connector's threads take over while all of these are busy.
		protocol.setExecutor(new ThreadPoolExecutor(0, NODE_THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(),
				Thread.ofPlatform().daemon().name("node-", 1).factory(),
				(request, _) -> general.getExecutor().execute(request)));
		return connector;
	}

}
