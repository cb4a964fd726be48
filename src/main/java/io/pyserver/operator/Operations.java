package io.pyserver.operator;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

import io.pyserver.accesslog.LineWriter;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeSwitch;

/**
 * Sets up Actuator when the first operator asks: most pods never see one, and their start
 * should not pay for it. It lives in a context of its own, beside the service's, with
 * which it shares a few objects and the properties.
 */
final class Operations implements HttpRequestHandler, DisposableBean {

	private static final List<Class<?>> SHARED = List.of(CallerResolver.class, ProbeHistory.class, ProbeSwitch.class,
			LineWriter.class);

	private final WebApplicationContext service;

	private final Lock lock = new ReentrantLock();

	private volatile @Nullable DispatcherServlet dispatcher;

	Operations(WebApplicationContext service) {
		this.service = service;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		response.reset(); // Flask's content type is not theirs
		dispatcher().service(request, response);
	}

	private DispatcherServlet dispatcher() {
		this.lock.lock();
		try {
			DispatcherServlet current = this.dispatcher;
			if (current == null) {
				current = CompletableFuture.supplyAsync(this::start, Operations::onThreadOfItsOwn).join();
				this.dispatcher = current;
			}
			return current;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * On a small pod all virtual threads share one carrier, which this would keep from
	 * the probes for seconds: nothing takes it away from a virtual thread that computes.
	 */
	private static void onThreadOfItsOwn(Runnable start) {
		Thread.ofPlatform().name("operations").start(start);
	}

	private DispatcherServlet start() {
		ServletConfig config = this.service.getBean(DispatcherServlet.class).getServletConfig();
		var context = new AnnotationConfigServletWebApplicationContext();
		DispatcherServlet started = new DispatcherServlet(context);
		started.setPublishContext(false);
		context.setServletContext(config.getServletContext());
		context.setEnvironment((ConfigurableEnvironment) this.service.getEnvironment());
		SHARED
			.forEach((type) -> context.getBeanFactory().registerSingleton(type.getName(), this.service.getBean(type)));
		context.registerBean(DispatcherServlet.class, () -> started);
		context.register(OperatorConfiguration.class);
		context.refresh();
		try {
			started.init(config);
		}
		catch (ServletException ex) {
			throw new IllegalStateException("The operators' endpoints cannot be started", ex);
		}
		return started;
	}

	@Override
	public void destroy() {
		DispatcherServlet current = this.dispatcher;
		if (current != null && current.getWebApplicationContext() instanceof ConfigurableApplicationContext context) {
			context.close();
		}
	}

}
