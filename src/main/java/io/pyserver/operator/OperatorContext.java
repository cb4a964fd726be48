package io.pyserver.operator;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Adds beans to Actuator's management port. {@code META-INF/spring} names this class, so
 * Spring Boot adds it to the management context. It has no stereotype, so no scan adds it
 * to the service's context.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class OperatorContext {

	@Bean
	OperatorFilter operatorFilter() {
		return new OperatorFilter();
	}

	/**
	 * Sets a small send buffer, in bytes. With a large one it takes minutes to notice
	 * that a board's client no longer reads. An immediate shutdown does not wait for such
	 * clients.
	 */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> operatorsTomcat(
			WebServerFactoryCustomizer<TomcatServletWebServerFactory> accessLog) {
		return (factory) -> {
			accessLog.customize(factory);
			factory.setShutdown(Shutdown.IMMEDIATE);
			factory.addConnectorCustomizers((connector) -> connector.setProperty("socket.txBufSize", "16384"));
		};
	}

}
