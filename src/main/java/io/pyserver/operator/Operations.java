package io.pyserver.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;

/**
 * Answers operators. The history and the switches are here at once; Actuator is set up
 * when somebody first asks for something else, in a context of its own beside the
 * service's, with which it shares a few objects and the properties. Most pods never see
 * an operator, and their start should not pay for one.
 */
final class Operations implements HttpRequestHandler, DisposableBean {

	private static final List<Class<?>> SHARED = List.of(CallerResolver.class, ProbeHistory.class, ProbeSwitch.class,
			LineWriter.class);

	private final WebApplicationContext service;

	private final Lock lock = new ReentrantLock();

	private Map<String, HttpRequestHandler> own = Map.of();

	private volatile @Nullable DispatcherServlet actuator;

	Operations(WebApplicationContext service) {
		this.service = service;
	}

	/**
	 * On a thread of its own: on a small pod all virtual threads share one carrier, which
	 * the first of these requests would keep from the probes. Nothing takes it away from
	 * a virtual thread that computes.
	 */
	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		response.reset(); // Flask's content type is not theirs
		try {
			CompletableFuture.runAsync(() -> answer(request, response), Operations::onThreadOfItsOwn).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof UncheckedIOException broken) {
				throw broken.getCause();
			}
			throw ex;
		}
	}

	private static void onThreadOfItsOwn(Runnable task) {
		Thread.ofPlatform().name("operations").start(task);
	}

	private void answer(HttpServletRequest request, HttpServletResponse response) {
		try {
			HttpRequestHandler own = own().get(request.getServletPath());
			if (own != null) {
				own.handleRequest(request, response);
			}
			else {
				actuator().service(request, response);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ServletException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Map<String, HttpRequestHandler> own() {
		this.lock.lock();
		try {
			if (this.own.isEmpty()) {
				ProbeSwitch probeSwitch = this.service.getBean(ProbeSwitch.class);
				this.own = Map.of("/actuator/probes", new ProbesHandler(probes()), "/actuator/liveness",
						new SwitchHandler(ProbeKind.LIVENESS, probeSwitch), "/actuator/readiness",
						new SwitchHandler(ProbeKind.READINESS, probeSwitch));
			}
			return this.own;
		}
		finally {
			this.lock.unlock();
		}
	}

	private ProbesEndpoint probes() {
		return new ProbesEndpoint(this.service.getBean(ProbeHistory.class), this.service.getBean(CallerResolver.class),
				this.service.getBean(LineWriter.class));
	}

	private DispatcherServlet actuator() {
		this.lock.lock();
		try {
			DispatcherServlet current = this.actuator;
			if (current == null) {
				current = start();
				this.actuator = current;
			}
			return current;
		}
		finally {
			this.lock.unlock();
		}
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
		DispatcherServlet current = this.actuator;
		if (current != null && current.getWebApplicationContext() instanceof ConfigurableApplicationContext context) {
			context.close();
		}
	}

}
