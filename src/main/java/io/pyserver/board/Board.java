package io.pyserver.board;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;

import io.pyserver.PyserverProperties;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.NodeRanges;
import io.pyserver.probe.OtherCalls;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeSwitch;

/**
 * The page, what it is made of, and its events.
 */
@Lazy
@Component
public final class Board {

	/** Where all of it is. */
	public static final String ROOT = "/board";

	private static final String HTML = "text/html;charset=utf-8";

	private static final String CSS = "text/css;charset=utf-8";

	private static final String MODULE = "text/javascript;charset=utf-8";

	/** A page of this service's and of nothing else, which no other page may frame. */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
			+ " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final Map<String, HttpRequestHandler> handlers;

	Board(ProbeHistory probes, OtherCalls others, ProbeSwitch probeSwitch, NodeRanges nodeRanges,
			CallerResolver callers, EgressTargets targets, PyserverProperties properties,
			ConfigurableApplicationContext context) {
		Pod pod = Pod.of(properties.board().node(), nodeRanges, callers);
		Scene scene = new Scene(new Arrivals(probes, others), probeSwitch);
		Form events = new Events(pod);
		Form lines = new Lines(pod);
		Boards boards = new Boards(scene, targets.all());
		Orders orders = new Orders(properties.board());
		this.handlers = Map.of(ROOT,
				new Asset(HTML, () -> Asset.read("board.html").replace("<!-- signs -->", Asset.read("signs.html"))),
				ROOT + "/signs.css", Asset.of(CSS, "signs.css"), ROOT + "/board.css", Asset.of(CSS, "board.css"),
				ROOT + "/board.js", Asset.of(MODULE, "board.js"), ROOT + "/lanes.js", Asset.of(MODULE, "lanes.js"),
				ROOT + "/switches.js", Asset.of(MODULE, "switches.js"), ROOT + "/events",
				new EventStream(boards, events, lines), ROOT + "/orders",
				new Asset("application/json", () -> orders.json(scene.picture(Instant.now(), List.of()))));
		context.addApplicationListener(new ApplicationListener<ContextClosedEvent>() {
			@Override
			public void onApplicationEvent(ContextClosedEvent event) {
				boards.closeAll();
			}
		});
	}

	/**
	 * What answers at a path.
	 * @param path the decoded path, without the query
	 * @return empty where nothing is
	 */
	public Optional<HttpRequestHandler> handler(String path) {
		return Optional.ofNullable(this.handlers.get(path)).map((handler) -> new ReadOnly(handler, POLICY));
	}

	private record ReadOnly(HttpRequestHandler handler, String policy) implements HttpRequestHandler {

		@Override
		public void handleRequest(HttpServletRequest request, HttpServletResponse response)
				throws ServletException, IOException {
			response.reset(); // Flask's content type is not the board's.
			response.setHeader("Content-Security-Policy", this.policy);
			response.setHeader("X-Content-Type-Options", "nosniff");
			response.setHeader("Referrer-Policy", "no-referrer");
			response.setHeader("Cache-Control", "no-store");
			if (request.getMethod().equals("GET")) {
				this.handler.handleRequest(request, response);
			}
			else {
				response.setHeader("Allow", "GET");
				response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
			}
		}

	}

}
