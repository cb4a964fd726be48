package io.pyserver.operator;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Actuator, in a child of the service's context with a dispatcher of its own, which takes
 * none of the parent's mappings: the door would lead to itself.
 */
@Lazy
@Component
final class Actuator implements HttpRequestHandler, AutoCloseable {

	private final AnnotationConfigServletWebApplicationContext context = new AnnotationConfigServletWebApplicationContext();

	private final DispatcherServlet dispatcher = new DispatcherServlet(this.context);

	Actuator(WebApplicationContext service) {
		this.context.setParent(service);
		this.context.setServletContext(service.getServletContext());
		this.context.register(ActuatorConfiguration.class);
		this.context.registerAlias("webEndpointServletHandlerMapping", DispatcherServlet.HANDLER_MAPPING_BEAN_NAME);
		this.context.refresh();
		this.dispatcher.setPublishContext(false);
		this.dispatcher.setDetectAllHandlerMappings(false);
		try {
			this.dispatcher.init(service.getBean(DispatcherServlet.class).getServletConfig());
		}
		catch (ServletException ex) {
			throw new IllegalStateException("Actuator cannot be started", ex);
		}
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		response.reset(); // Flask's content type is not Actuator's
		this.dispatcher.service(request, response);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
