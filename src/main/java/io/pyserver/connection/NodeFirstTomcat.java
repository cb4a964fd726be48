package io.pyserver.connection;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.core.env.Environment;

/**
 * Spring Boot's Tomcat with two connectors on one port: everyone's, and one that only the
 * node gets to. All that Spring Boot sets for the one, TLS and HTTP/2 as well, it sets
 * for the other. Spring Boot makes the server for management, on another port, of the
 * same class: nobody calls {@link #serve} there, and it has one connector of Tomcat's.
 */
final class NodeFirstTomcat extends TomcatServletWebServerFactory {

	private static final Logger logger = LoggerFactory.getLogger(NodeFirstTomcat.class);

	/** Of the node's own. Those of everyone else run what comes beyond. */
	private static final int NODE_THREADS = 4;

	private SourceFilter node = SourceFilter.NOBODY;

	private ConnectionCounts counts = new ConnectionCounts();

	private @Nullable Environment given;

	/**
	 * Has the node told from everyone else.
	 * @param node its addresses
	 * @param counts of connections that there is no room for
	 * @param given what is set here has the last word
	 */
	void serve(SourceFilter node, ConnectionCounts counts, Environment given) {
		this.node = node;
		this.counts = counts;
		this.given = given;
		setProtocol(BoundedProtocol.class.getName());
	}

	@Override
	protected void customizeConnector(Connector connector) {
		super.customizeConnector(connector);
		if (connector.getProtocolHandler() instanceof BoundedProtocol everyone) {
			keepSmall(connector);
			boundEveryone(everyone);
			if (NodeQueue.isThere(this.node)) {
				addAdditionalConnectors(nodeConnector(everyone));
			}
			else {
				logger.warn("This kernel cannot tell the node's connections from others: probes wait among them");
			}
		}
	}

	private Connector nodeConnector(BoundedProtocol everyone) {
		BoundedProtocol node = new BoundedProtocol(new NodeEndpoint(everyone.endpoint(), this.node));
		Connector connector = new Connector(node);
		connector.setThrowOnFailure(true);
		super.customizeConnector(connector);
		keepSmall(connector);
		node.setMaxConnections(-1);
		node.setExecutor(nodeThreads(everyone));
		node.endpoint().bound(32, 16, silence(node), this.counts);
		return connector;
	}

	/** By TLS a connection takes 70 KB of the heap, otherwise an idle one takes 5. */
	private void boundEveryone(BoundedProtocol everyone) {
		int most = everyone.isSSLEnabled() ? 64 : 256;
		everyone.endpoint()
			.bound(isGiven("server.tomcat.max-connections") ? Integer.MAX_VALUE : most, most / 4, silence(everyone),
					this.counts);
	}

	/**
	 * With less, clients at full speed end each other. What is read in a handshake of TLS
	 * does not count.
	 */
	private static Duration silence(BoundedProtocol protocol) {
		return Duration.ofMillis(protocol.isSSLEnabled() ? 1_000 : 100);
	}

	private static Executor nodeThreads(BoundedProtocol everyone) {
		return new ThreadPoolExecutor(0, NODE_THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(),
				Thread.ofPlatform().daemon().name("node-", 1).factory(),
				(request, _) -> everyone.getExecutor().execute(request));
	}

	private void keepSmall(Connector connector) {
		if (!isGiven("server.tomcat.max-http-response-header-size")) {
			connector.setProperty("maxHttpResponseHeaderSize", "2048");
		}
		// A full queue drops a probe's first packet, which is sent again a second later.
		if (!isGiven("server.tomcat.accept-count")) {
			connector.setProperty("acceptCount", "4096");
		}
	}

	private boolean isGiven(String property) {
		return this.given != null && this.given.containsProperty(property);
	}

}
