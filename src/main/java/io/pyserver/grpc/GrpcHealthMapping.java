package io.pyserver.grpc;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Takes what is addressed to gRPC's health service, in gRPC's form. Anything else there,
 * HTTP/1.1 above all, gets the answer of any unknown path from the routes, which are
 * asked last.
 */
@Order(0)
final class GrpcHealthMapping implements HandlerMapping {

	private final HttpRequestHandler health;

	GrpcHealthMapping(HttpRequestHandler health) {
		this.health = health;
	}

	@Override
	public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
		boolean called = request.getServletPath().startsWith(GrpcHealthHandler.PATH)
				&& request.getProtocol().equals("HTTP/2.0") && request.getMethod().equals("POST")
				&& isGrpc(request.getContentType());
		return called ? new HandlerExecutionChain(this.health) : null;
	}

	private static boolean isGrpc(@Nullable String contentType) {
		return HealthAnswer.CONTENT_TYPE.equals(contentType) || "application/grpc+proto".equals(contentType);
	}

}
