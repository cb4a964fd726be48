package io.pyserver.connection;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.pyserver.probe.CallerResolver;

/**
 * Puts {@link NodeFirstTomcat} in the place of Spring Boot's own.
 */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

	/** With the customizers that Spring Boot would give its own. */
	@Bean
	NodeFirstTomcat nodeFirstTomcat(ObjectProvider<TomcatConnectorCustomizer> connectors,
			ObjectProvider<TomcatContextCustomizer> contexts,
			ObjectProvider<TomcatProtocolHandlerCustomizer<?>> protocols) {
		NodeFirstTomcat factory = new NodeFirstTomcat();
		factory.getConnectorCustomizers().addAll(connectors.orderedStream().toList());
		factory.getContextCustomizers().addAll(contexts.orderedStream().toList());
		factory.getProtocolHandlerCustomizers().addAll(protocols.orderedStream().toList());
		return factory;
	}

	/** Not applied to the server for management, which has a context of its own. */
	@Bean
	WebServerFactoryCustomizer<NodeFirstTomcat> nodeFirst(CallerResolver callers, ConnectionCounts counts,
			Environment environment) {
		return (factory) -> factory.serve(new SourceFilter(callers.node()), counts, environment);
	}

}
