package io.pyserver.operator;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import io.pyserver.PyserverProperties;

import static org.springframework.web.servlet.function.RequestPredicates.GET;

/**
 * The metrics on the service's own port, where a property asks for them: what else is for
 * operators is on a port that a Prometheus in the cluster cannot reach. Whether it is
 * asked for is looked at as requests come, as the image's beans were settled before.
 */
@Configuration(proxyBeanMethods = false)
class MetricsForAll {

	/** The text format of Prometheus, which every version of it reads. */
	private static final MediaType FORMAT = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

	@Bean
	RouterFunction<ServerResponse> metricsRoute(PyserverProperties properties,
			ObjectProvider<PrometheusMeterRegistry> registry) {
		return RouterFunctions.route(
				GET("/actuator/prometheus").and((_) -> properties.prometheus() && registry.getIfAvailable() != null),
				(_) -> ServerResponse.ok().contentType(FORMAT).body(registry.getObject().scrape()));
	}

}
