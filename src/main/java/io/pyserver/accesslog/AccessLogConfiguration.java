package io.pyserver.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the access log in front of everything else in Tomcat, writing to standard output.
 */
@Configuration(proxyBeanMethods = false)
class AccessLogConfiguration {

	@Bean
	LineWriter lineWriter() {
		return new LineWriter(new FileOutputStream(FileDescriptor.out));
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> accessLog(LineWriter writer) {
		return (factory) -> factory.addEngineValves(new AccessLogValve(writer));
	}

}
