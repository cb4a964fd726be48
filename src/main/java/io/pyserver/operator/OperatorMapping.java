package io.pyserver.operator;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

import io.pyserver.PyserverProperties;
import io.pyserver.board.Board;
import io.pyserver.probe.Caller;
import io.pyserver.probe.CallerResolver;

/**
 * The one door to everything for operators, all that a start sets up for them: most pods
 * never see one, and what is behind it is set up for who comes first. It opens to
 * connections from loopback, and where a property says so the metrics are outside; for
 * anyone else nothing is here, and the routes, which are asked last, give their answer.
 */
@Component
@Order(0)
final class OperatorMapping implements HandlerMapping {

	private static final String ROOT = "/actuator";

	private static final String METRICS = ROOT + "/prometheus";

	private final CallerResolver callers;

	private final Supplier<OperatorRoutes> routes;

	private final Supplier<Actuator> actuator;

	private final Supplier<Board> board;

	private final boolean metricsForAll;

	OperatorMapping(CallerResolver callers, ObjectProvider<OperatorRoutes> routes, ObjectProvider<Actuator> actuator,
			ObjectProvider<Board> board, PyserverProperties properties) {
		this.callers = callers;
		this.routes = SingletonSupplier.of(() -> setUp(routes));
		this.actuator = SingletonSupplier.of(() -> setUp(actuator));
		this.board = SingletonSupplier.of(() -> setUp(board));
		this.metricsForAll = properties.prometheus();
	}

	@Override
	public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
		String path = request.getServletPath();
		boolean board = isAtOrBelow(Board.ROOT, path);
		boolean open = (board || isAtOrBelow(ROOT, path))
				&& ((this.metricsForAll && path.equals(METRICS)) || this.callers.caller(request) == Caller.LOOPBACK);
		if (!open) {
			return null;
		}
		if (board) {
			return this.board.get().handler(path).map(HandlerExecutionChain::new).orElse(null);
		}
		HandlerExecutionChain own = this.routes.get().getHandler(request);
		return (own != null) ? own : new HandlerExecutionChain(this.actuator.get());
	}

	private static boolean isAtOrBelow(String root, String path) {
		return path.equals(root) || path.startsWith(root + "/");
	}

	/**
	 * On a thread of its own: on a small pod all virtual threads share one carrier, which
	 * nothing takes away from one that computes, and probes would have to wait for it.
	 */
	private static <T> T setUp(ObjectProvider<T> provider) {
		return CompletableFuture
			.supplyAsync(provider::getObject, (task) -> Thread.ofPlatform().name("operations").start(task))
			.join();
	}

}
