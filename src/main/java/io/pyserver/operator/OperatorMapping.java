package io.pyserver.operator;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

import io.pyserver.probe.Caller;
import io.pyserver.probe.CallerResolver;

/**
 * The one door to everything for operators. It opens to connections from loopback; for
 * anyone else nothing is here, and the routes give their answer.
 */
final class OperatorMapping implements HandlerMapping, Ordered {

	private static final String ROOT = "/actuator";

	private final CallerResolver callers;

	private final HttpRequestHandler operations;

	OperatorMapping(CallerResolver callers, HttpRequestHandler operations) {
		this.callers = callers;
		this.operations = operations;
	}

	@Override
	public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
		String path = request.getServletPath();
		boolean inside = path.equals(ROOT) || path.startsWith(ROOT + "/");
		return (inside && this.callers.caller(request.getRemoteAddr()) == Caller.LOOPBACK)
				? new HandlerExecutionChain(this.operations) : null;
	}

	/** Asked before the routes. */
	@Override
	public int getOrder() {
		return 0;
	}

}
