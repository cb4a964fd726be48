package io.pyserver.operator;

import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.actuate.endpoint.web.WebMvcHealthEndpointExtensionAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.actuate.web.WebMvcEndpointManagementContextConfiguration;
import org.springframework.context.annotation.Bean;

import io.pyserver.accesslog.LogQueue;
import io.pyserver.connection.ConnectionCounts;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;

/**
 * Actuator: its health and Prometheus endpoints, and the probes' history in its list. No
 * {@code @Configuration}, so that the start does not find it.
 */
@ImportAutoConfiguration({ ConfigurationPropertiesAutoConfiguration.class, JacksonAutoConfiguration.class,
		HttpMessageConvertersAutoConfiguration.class, WebMvcAutoConfiguration.class, EndpointAutoConfiguration.class,
		JacksonEndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
		HealthContributorRegistryAutoConfiguration.class, HealthContributorAutoConfiguration.class,
		HealthEndpointAutoConfiguration.class, WebMvcHealthEndpointExtensionAutoConfiguration.class,
		MetricsAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
		WebMvcEndpointManagementContextConfiguration.class })
class ActuatorConfiguration {

	@Bean
	MeterBinder probeMetrics(ProbeHistory history, LogQueue queue, ConnectionCounts connections) {
		return new ProbeMetrics(history, queue, connections);
	}

	@Bean
	HealthIndicator livenessHealthIndicator(ProbeSwitch probeSwitch) {
		return () -> health(probeSwitch, ProbeKind.LIVENESS);
	}

	@Bean
	HealthIndicator readinessHealthIndicator(ProbeSwitch probeSwitch) {
		return () -> health(probeSwitch, ProbeKind.READINESS);
	}

	private static Health health(ProbeSwitch probeSwitch, ProbeKind kind) {
		return probeSwitch.setting(kind).broken() ? Health.down().build() : Health.up().build();
	}

}
