package io.pyserver.connection;

import org.apache.catalina.connector.Connector;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import io.pyserver.probe.Caller;
import io.pyserver.probe.CallerResolver;

/**
 * Puts the endpoint that lets the node in first in the place of Tomcat's own.
 */
@Component
final class NodeFirstTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private final CallerResolver callers;

	private final ConnectionCounts counts;

	private final Environment environment;

	NodeFirstTomcat(CallerResolver callers, ConnectionCounts counts, Environment environment) {
		this.callers = callers;
		this.counts = counts;
		this.environment = environment;
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.setProtocol(NodeFirstProtocol.class.getName());
		factory.addConnectorCustomizers(this::customize);
	}

	/** The buffers that each connection holds, and each request, in bytes. */
	private void customize(Connector connector) {
		connector.setProperty("socket.appReadBufSize", "2048");
		connector.setProperty("socket.appWriteBufSize", "2048");
		connector.setProperty("maxTrailerSize", "1024");
		unlessGiven("server.tomcat.max-http-response-header-size",
				() -> connector.setProperty("maxHttpResponseHeaderSize", "2048"));
		// A full queue drops a probe's first packet, which is sent again a second later.
		unlessGiven("server.tomcat.accept-count", () -> connector.setProperty("acceptCount", "4096"));
		((NodeFirstProtocol) connector.getProtocolHandler()).use(
				(address) -> this.callers.caller(address) == Caller.NODE, new SourceFilter(this.callers.node()),
				this.counts);
	}

	private void unlessGiven(String property, Runnable setting) {
		if (!this.environment.containsProperty(property)) {
			setting.run();
		}
	}

}
