package io.pyserver.hello;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Sends every request that nothing else claims to the routes.
 */
@Configuration(proxyBeanMethods = false)
class HelloConfiguration {

	/** Without an order of its own, and so asked after all of Spring's. */
	@Bean
	HandlerMapping helloMapping(HelloHandler helloHandler) {
		return (_) -> new HandlerExecutionChain(helloHandler);
	}

}
