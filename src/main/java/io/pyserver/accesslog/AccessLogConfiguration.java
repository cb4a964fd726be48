package io.pyserver.accesslog;

import java.util.function.Consumer;
import java.util.function.Function;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.pyserver.PyserverProperties;
import io.pyserver.probe.Call;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.NonNodeCalls;
import io.pyserver.probe.ProbeHistory;

/** Adds the access log to Tomcat's engine, before the application. */
@Configuration(proxyBeanMethods = false)
class AccessLogConfiguration {

	@Bean
	LogQueue logQueue() {
		return LogQueue.installed();
	}

	/** Records each call in the histories and in the log. It never blocks. */
	@Bean
	Consumer<Call> callLog(ProbeHistory history, NonNodeCalls others, LogQueue queue, PyserverProperties properties) {
		PyserverProperties.Log settings = properties.log();
		Function<Call, String> format = switch (settings.format()) {
			case WERKZEUG -> WerkzeugLine::of;
			case JSON -> new CloudLoggingLine(settings.project());
		};
		return (call) -> {
			history.record(call);
			others.record(call);
			if (settings.requests()) {
				queue.log(() -> format.apply(call));
			}
		};
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> accessLog(CallerResolver callers,
			Consumer<Call> callLog) {
		return (factory) -> factory.addEngineValves(new AccessLogValve(callers, callLog));
	}

}
