package io.pyserver.grpc;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.HandlerMapping;

import io.pyserver.probe.ProbeSwitch;

/**
 * Answers gRPC health checks, on the port of everything else, where the property
 * {@value #PROPERTY} is true. Asked at each start, and not with a condition: those are
 * settled when the image is built.
 */
@Configuration(proxyBeanMethods = false)
class GrpcHealthConfiguration {

	private static final String PROPERTY = "pyserver.grpc-health";

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> grpcTomcat(Environment environment) {
		return isOn(environment)
				? (factory) -> factory
					.addConnectorCustomizers((connector) -> connector.addUpgradeProtocol(new PriorKnowledge()))
				: (_) -> {
				};
	}

	@Bean
	HandlerMapping grpcHealthMapping(Environment environment, ProbeSwitch probeSwitch) {
		return isOn(environment) ? new GrpcHealthMapping(new GrpcHealthHandler(probeSwitch)) : (_) -> null;
	}

	private static boolean isOn(Environment environment) {
		String value = environment.getProperty(PROPERTY, "false");
		return switch (value) {
			case "true" -> true;
			case "false" -> false;
			default ->
				throw new InvalidConfigurationPropertyValueException(PROPERTY, value, "It is neither true nor false.");
		};
	}

}
