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
 * Serves the metrics on the service's own port when a property is set, because Prometheus
 * in the cluster cannot reach the management port. Each request checks the property,
 * because the beans of the image are determined when it is built.
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
