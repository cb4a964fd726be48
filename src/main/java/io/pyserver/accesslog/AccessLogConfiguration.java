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
import io.pyserver.probe.OtherCalls;
import io.pyserver.probe.ProbeHistory;

/**
 * Puts the access log in front of everything else in Tomcat.
 */
@Configuration(proxyBeanMethods = false)
class AccessLogConfiguration {

	@Bean
	LogQueue logQueue() {
		return LogQueue.installed();
	}

	/**
	 * Takes the record of each call, for what is remembered and for the log. Never waits.
	 */
	@Bean
	Consumer<Call> callLog(ProbeHistory history, OtherCalls others, LogQueue queue, PyserverProperties properties) {
		Consumer<Call> record = (call) -> {
			history.record(call);
			others.record(call);
		};
		Function<Call, String> form = form(properties.log());
		Consumer<Call> log = (call) -> queue.log(() -> form.apply(call));
		return properties.log().requests() ? record.andThen(log) : record;
	}

	private static Function<Call, String> form(PyserverProperties.Log log) {
		return switch (log.format()) {
			case WERKZEUG -> WerkzeugLine::of;
			case JSON -> new CloudLoggingLine(log.project());
		};
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> accessLog(CallerResolver callers,
			Consumer<Call> callLog) {
		return (factory) -> factory.addEngineValves(new AccessLogValve(callers, callLog));
	}

}
