package io.pyserver.grpc;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pyserver.PyserverProperties;
import io.pyserver.connection.ConnectionCounts;

/**
 * Has Tomcat speak HTTP/2 for gRPC health checks, on the port of everything else.
 */
@Configuration(proxyBeanMethods = false)
class GrpcHealthConfiguration {

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> grpcTomcat(PyserverProperties properties,
			ConnectionCounts counts) {
		return (factory) -> {
			if (properties.grpcHealth()) {
				factory
					.addConnectorCustomizers((connector) -> connector.addUpgradeProtocol(new PriorKnowledge(counts)));
			}
		};
	}

}
