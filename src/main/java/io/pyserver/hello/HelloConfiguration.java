package io.pyserver.hello;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter;

import io.pyserver.probe.ProbeSwitch;

/**
 * Sends every request that no other feature claims to the routes.
 */
@Configuration(proxyBeanMethods = false)
class HelloConfiguration {

	@Bean
	Routes routes() {
		return new Routes(Hostname.current());
	}

	@Bean
	HttpRequestHandler helloHandler(Routes routes, ProbeSwitch probeSwitch) {
		return new HelloHandler(routes, probeSwitch);
	}

	/** Without an order of its own, and so asked last. */
	@Bean
	HandlerMapping helloMapping(HttpRequestHandler helloHandler) {
		return (request) -> new HandlerExecutionChain(helloHandler);
	}

	/** The one kind of handler there is, and so none of the others is set up. */
	@Bean
	HandlerAdapter httpRequestHandlerAdapter() {
		return new HttpRequestHandlerAdapter();
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> flaskTomcat() {
		return new FlaskTomcat();
	}

}
