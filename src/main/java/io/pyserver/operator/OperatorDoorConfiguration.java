package io.pyserver.operator;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.HandlerMapping;

import io.pyserver.probe.CallerResolver;

/**
 * What every start sets up for operators: the door, with nothing behind it yet.
 */
@Configuration(proxyBeanMethods = false)
class OperatorDoorConfiguration {

	@Bean
	Operations operations(WebApplicationContext service) {
		return new Operations(service);
	}

	@Bean
	HandlerMapping operatorMapping(CallerResolver callers, Operations operations) {
		return new OperatorMapping(callers, operations);
	}

}
