package io.pyserver.operator;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * What the operators' port has beside Actuator. Spring Boot adds it to the context of
 * that port, as {@code META-INF/spring} names it; with no stereotype, so that it is not
 * found for the service's own.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class OperatorContext {

	@Bean
	OperatorFilter operatorFilter() {
		return new OperatorFilter();
	}

	/**
	 * The kernel's buffer of a board is small, in bytes: a large one would hide for
	 * minutes that nobody reads. Nobody who looks, and then reads no further, keeps a
	 * service that is to stop.
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
