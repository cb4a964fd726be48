package io.pyserver.hello;

import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Takes out of Tomcat what would answer before the routes are asked: its reading of
 * method and path, and its error pages. Before Spring Boot's own customizers: its
 * properties have the last word.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FlaskTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	/** Flask takes these unencoded. */
	private static final String RELAXED = "\"<>[\\]^`{|}";

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addConnectorCustomizers(FlaskTomcat::readRequestsLikeFlask);
		factory.addContextCustomizers(
				(context) -> ((StandardHost) context.getParent()).setErrorReportValveClass(ErrorPage.class.getName()));
	}

	private static void readRequestsLikeFlask(Connector connector) {
		connector.setProperty("relaxedPathChars", RELAXED);
		connector.setProperty("relaxedQueryChars", RELAXED);
		connector.addLifecycleListener((event) -> {
			if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
				connector.getProtocolHandler().setAdapter(new FlaskAdapter(connector));
			}
		});
	}

}
