package io.pyserver.web;

import java.net.InetAddress;
import java.util.List;

import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Tomcat with a virtual thread for each request, and Spring's dispatcher. Set up by hand,
 * with {@code server.port} and {@code server.address} as the only properties: to bind all
 * those that Spring Boot has for them is a good part of what a start costs.
 */
@Configuration(proxyBeanMethods = false)
class WebServerConfiguration {

	/** Flask takes these unencoded. */
	private static final String RELAXED = "\"<>[\\]^`{|}";

	@Bean
	TomcatServletWebServerFactory tomcat(Environment environment,
			List<WebServerFactoryCustomizer<TomcatServletWebServerFactory>> customizers) {
		TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(
				port(environment.getProperty("server.port", "8080")));
		String address = environment.getProperty("server.address");
		if (address != null) {
			tomcat.setAddress(InetAddress.ofLiteral(address));
		}
		tomcat.setShutdown(Shutdown.GRACEFUL);
		tomcat.addConnectorCustomizers(WebServerConfiguration::relax);
		tomcat.addProtocolHandlerCustomizers(
				(protocol) -> protocol.setExecutor(new VirtualThreadExecutor("tomcat-handler-")));
		customizers.forEach((customizer) -> customizer.customize(tomcat));
		return tomcat;
	}

	@Bean
	DispatcherServlet dispatcherServlet() {
		DispatcherServlet dispatcher = new DispatcherServlet();
		dispatcher.setDispatchOptionsRequest(true);
		return dispatcher;
	}

	/** Set up with the server, so that the first probe finds it ready. */
	@Bean
	DispatcherServletRegistrationBean dispatcherServletRegistration(DispatcherServlet dispatcherServlet) {
		DispatcherServletRegistrationBean registration = new DispatcherServletRegistrationBean(dispatcherServlet, "/");
		registration.setName("dispatcherServlet");
		registration.setLoadOnStartup(1);
		return registration;
	}

	private static int port(String text) {
		if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
			throw new InvalidConfigurationPropertyValueException("server.port", text,
					"A port is a number from 0, for any free one, to 65535.");
		}
		return Integer.parseInt(text);
	}

	private static void relax(Connector connector) {
		connector.setProperty("relaxedPathChars", RELAXED);
		connector.setProperty("relaxedQueryChars", RELAXED);
	}

}
