package io.pyserver.connection;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.pyserver.probe.CallerResolver;

/**
 * Replaces Spring Boot's Tomcat factory by {@link NodeFirstTomcat}, with the same
 * customizers.
 */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

	@Bean
	NodeFirstTomcat nodeFirstTomcat(CallerResolver callers, ConnectionCounts counts, Environment environment,
			ObjectProvider<TomcatConnectorCustomizer> connectors, ObjectProvider<TomcatContextCustomizer> contexts,
			ObjectProvider<TomcatProtocolHandlerCustomizer<?>> protocols) {
		boolean limited = !environment.containsProperty("server.tomcat.max-connections");
		NodeFirstTomcat factory = new NodeFirstTomcat(new SourceFilter(callers.node()), counts, limited);
		factory.getConnectorCustomizers().addAll(connectors.orderedStream().toList());
		factory.getContextCustomizers().addAll(contexts.orderedStream().toList());
		factory.getProtocolHandlerCustomizers().addAll(protocols.orderedStream().toList());
		return factory;
	}

}
