package io.pyserver.hello;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.HttpRequestHandler;

/**
 * Looks up the answer in the routes and sends it.
 */
final class HelloHandler implements HttpRequestHandler {

	private final Routes routes;

	HelloHandler(Routes routes) {
		this.routes = routes;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Answer answer = this.routes.answer(request.getMethod(), request.getServletPath());
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		response.setStatus(answer.status());
		if (answer.allow() != null) {
			response.setHeader("Allow", answer.allow());
		}
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
