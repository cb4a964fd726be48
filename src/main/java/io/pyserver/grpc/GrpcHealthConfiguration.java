package io.pyserver.grpc;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerMapping;

import io.pyserver.PyserverProperties;
import io.pyserver.connection.ConnectionCounts;
import io.pyserver.probe.ProbeSwitch;

/**
 * Answers gRPC health checks, on the port of everything else, where the properties say
 * so.
 */
@Configuration(proxyBeanMethods = false)
class GrpcHealthConfiguration {

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> grpcTomcat(PyserverProperties properties,
			ConnectionCounts counts) {
		return properties.grpcHealth()
				? (factory) -> factory
					.addConnectorCustomizers((connector) -> connector.addUpgradeProtocol(new PriorKnowledge(counts)))
				: (_) -> {
				};
	}

	@Bean
	HandlerMapping grpcHealthMapping(PyserverProperties properties, ProbeSwitch probeSwitch) {
		return properties.grpcHealth() ? new GrpcHealthMapping(new GrpcHealthHandler(probeSwitch)) : (_) -> null;
	}

}
