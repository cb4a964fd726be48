package io.pyserver.hello;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;

/**
 * Answers each request that no other handler accepts. The answer is from the routes, or
 * 503 when the probe that requests this page is switched to fail. As a mapping without an
 * order, it comes after all of Spring's own.
 */
@Component
final class HelloHandler implements HttpRequestHandler, HandlerMapping {

	private final Routes routes = new Routes(Hostname.current());

	private final ProbeSwitch probeSwitch;

	HelloHandler(ProbeSwitch probeSwitch) {
		this.probeSwitch = probeSwitch;
	}

	@Override
	public HandlerExecutionChain getHandler(HttpServletRequest request) {
		return new HandlerExecutionChain(this);
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Answer answer = answer(request.getMethod(), request.getServletPath());
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		response.setStatus(answer.status());
		if (answer.allow() != null) {
			response.setHeader("Allow", answer.allow());
		}
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private Answer answer(String method, String path) {
		ProbeKind probe = Routes.probeFor(path);
		if (probe != ProbeKind.NONE && (method.equals("GET") || method.equals("HEAD"))
				&& this.probeSwitch.settingAfterDelay(probe).broken()) {
			return Answer.error(503, null, "Service Unavailable",
					"An operator broke the " + probe.label() + " probe. A restart puts it right.");
		}
		return this.routes.answer(method, path);
	}

}
