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
 * Replaces Tomcat's error pages and its reading of method and path. It runs before Spring
 * Boot's customizers, so that Spring Boot's properties override it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FlaskTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	/** Flask accepts these unencoded. */
	private static final String RELAXED = "\"<>[\\]^`{|}";

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addConnectorCustomizers(FlaskTomcat::readRequestsLikeFlask);
		factory.addContextCustomizers(
				(context) -> ((StandardHost) context.getParent()).setErrorReportValveClass(ErrorPage.class.getName()),
				// Forms are in UTF-8. Spring Boot's filter for this is left out.
				(context) -> context.setRequestCharacterEncoding("UTF-8"));
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
