package io.pyserver.accesslog;

import java.util.function.Consumer;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.pyserver.probe.Call;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.ProbeHistory;

/**
 * Puts the access log in front of everything else in Tomcat, writing to standard output.
 */
@Configuration(proxyBeanMethods = false)
class AccessLogConfiguration {

	/** Not closed with the context: the context's own last words come later. */
	@Bean(destroyMethod = "")
	LineWriter lineWriter() {
		return StandardOutput.WRITER;
	}

	@Bean
	CallLog callLog(ProbeHistory history, LineWriter writer, Environment environment) {
		CallLine line = LogForm.of(environment).line(environment.getProperty("pyserver.log.project", ""));
		Consumer<Call> log = environment.getProperty("pyserver.log.requests", Boolean.class, true)
				? (call) -> writer.write((text) -> line.append(text, call)) : (_) -> {
				};
		Consumer<Call> record = history::record;
		return record.andThen(log)::accept;
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> accessLog(CallerResolver callers, CallLog log) {
		return (factory) -> factory.addEngineValves(new AccessLogValve(callers, log));
	}

}
