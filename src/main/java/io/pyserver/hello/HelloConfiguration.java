package io.pyserver.hello;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;
import org.springframework.web.servlet.mvc.HttpRequestHandlerAdapter;

/**
 * Sends every request that no other feature claims to the routes.
 */
@Configuration(proxyBeanMethods = false)
class HelloConfiguration {

	/** Without an order of its own, and so asked last. */
	@Bean
	HandlerMapping helloMapping(HelloHandler helloHandler) {
		return (request) -> new HandlerExecutionChain(helloHandler);
	}

	/** The two kinds of handlers there are, and so none of the others is set up. */
	@Bean
	HandlerAdapter httpRequestHandlerAdapter() {
		return new HttpRequestHandlerAdapter();
	}

	@Bean
	HandlerAdapter handlerFunctionAdapter() {
		return new HandlerFunctionAdapter();
	}

	/** Nor is any of those that make pages of exceptions: that is Tomcat's error page. */
	@Bean
	HandlerExceptionResolver noExceptionResolver() {
		return (_, _, _, _) -> null;
	}

	/** Nor any for views. */
	@Bean
	ViewResolver noViewResolver() {
		return (_, _) -> null;
	}

}
