import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;

/**
 * Counts the requests to an API server and the bytes of its answers, by verb and resource
 * as RBAC names them. Headers do not count.
 */
final class RequestCount extends Dispatcher {

	private static final Pattern PATH = Pattern
		.compile("/apis?/(?:[^/]+/)?v1(?:/namespaces/[^/]+(?=/))?/(\\w+)(/[^/?]+)?(/\\w+)?.*");

	private final Dispatcher server;

	private final Map<String, Cost> costs = new ConcurrentSkipListMap<>();

	RequestCount(Dispatcher server) {
		this.server = server;
	}

	@Override
	public MockResponse dispatch(RecordedRequest request) {
		String kind = kind(request);
		MockResponse response = this.server.dispatch(request);
		Buffer body = response.getBody();
		add(kind, 1, (body != null) ? body.size() : 0);
		WebSocketListener listener = response.getWebSocketListener();
		return (listener == null) ? response : response.withWebSocketUpgrade(new WebSocketListener() {

			@Override
			public void onOpen(WebSocket socket, Response opened) {
				Object counted = Proxy.newProxyInstance(WebSocket.class.getClassLoader(), new Class<?>[] { WebSocket.class },
						(_, method, sent) -> {
							if (method.getName().equals("send")) {
								add(kind, 0, (sent[0] instanceof byte[] bytes) ? bytes.length
										: ((String) sent[0]).length());
							}
							return method.invoke(socket, sent);
						});
				listener.onOpen((WebSocket) counted, opened);
			}

			@Override
			public void onClosing(WebSocket socket, int code, String reason) {
				listener.onClosing(socket, code, reason);
			}

			@Override
			public void onClosed(WebSocket socket, int code, String reason) {
				listener.onClosed(socket, code, reason);
			}

		});
	}

	private void add(String kind, long requests, long bytes) {
		this.costs.merge(kind, new Cost(requests, bytes), Cost::plus);
	}

	private static String kind(RecordedRequest request) {
		Matcher path = PATH.matcher(request.getPath());
		if (!path.matches()) {
			return "get " + request.getPath();
		}
		String resource = path.group(1) + ((path.group(3) != null) ? path.group(3) : "");
		String verb = switch (request.method()) {
			case POST -> "create";
			case PATCH -> "patch";
			case DELETE -> "delete";
			default -> request.getPath().contains("watch=true") ? "watch" : (path.group(2) != null) ? "get" : "list";
		};
		return resource.endsWith("/exec") ? "create " + resource : verb + " " + resource;
	}

	/** The costs so far, by verb and resource. */
	Map<String, Cost> costs() {
		return Map.copyOf(this.costs);
	}

	/** What requests cost. */
	record Cost(long requests, long bytes) {

		static final Cost NONE = new Cost(0, 0);

		Cost plus(Cost other) {
			return new Cost(this.requests + other.requests, this.bytes + other.bytes);
		}

	}

}
