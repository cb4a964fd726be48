package io.pyserver.hello;

import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Takes out of Tomcat what would answer before the routes are asked: its reading of
 * method and path, and its error pages.
 */
final class FlaskTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addConnectorCustomizers(FlaskTomcat::readRequestsLikeFlask);
		factory.addContextCustomizers(
				(context) -> ((StandardHost) context.getParent()).setErrorReportValveClass(ErrorPage.class.getName()));
	}

	private static void readRequestsLikeFlask(Connector connector) {
		connector.addLifecycleListener((event) -> {
			if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
				connector.getProtocolHandler().setAdapter(new FlaskAdapter(connector));
			}
		});
	}

}
