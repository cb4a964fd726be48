package io.pyserver.operator;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpRequestHandler;

import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeSwitch;
import io.pyserver.probe.ProbeSwitch.Setting;

/**
 * Shows how a probe is switched, and switches it. A web page cannot, not even one that
 * has its name resolved to loopback: its browser asks first when it sends JSON, and says
 * where the page came from.
 */
final class SwitchHandler implements HttpRequestHandler {

	private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

	private final JsonMapper json = JsonMapper.shared();

	private final ProbeKind kind;

	private final ProbeSwitch probeSwitch;

	SwitchHandler(ProbeKind kind, ProbeSwitch probeSwitch) {
		this.kind = kind;
		this.probeSwitch = probeSwitch;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		switch (request.getMethod()) {
			case "GET", "HEAD" -> send(response, 200, show(this.probeSwitch.setting(this.kind)));
			case "POST" -> change(request, response);
			default -> {
				response.setHeader("Allow", "GET, HEAD, POST");
				fail(response, 405, "method", "is not allowed; there are GET, HEAD and POST");
			}
		}
	}

	private void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!isFromHere(request.getHeader("Origin"), request.getHeader("Host"))) {
			fail(response, 403, "Origin", "is another site's");
			return;
		}
		if (!isJson(request.getContentType())) {
			fail(response, 415, "Content-Type", "must be application/json");
			return;
		}
		try {
			SwitchOrder order = SwitchOrder.parse(request.getInputStream().readNBytes(SwitchOrder.LONGEST + 1));
			send(response, 200, show(this.probeSwitch.change(this.kind, order.broken(), order.delay())));
		}
		catch (SwitchOrder.Invalid ex) {
			send(response, 400, error(ex.field(), ex.getMessage()));
		}
	}

	/** A command line sends no origin. */
	private static boolean isFromHere(@Nullable String origin, @Nullable String host) {
		if (origin == null) {
			return true;
		}
		try {
			return origin.equals("http://" + host) && HERE.contains(String.valueOf(URI.create(origin).getHost()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isJson(@Nullable String contentType) {
		try {
			return contentType != null
					&& MimeTypeUtils.parseMimeType(contentType).equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
		}
		catch (InvalidMimeTypeException ex) {
			return false;
		}
	}

	private static Map<String, Object> show(Setting setting) {
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("state", setting.broken() ? "broken" : "correct");
		shown.put("delayMs", setting.delay().toMillis());
		return shown;
	}

	private void fail(HttpServletResponse response, int status, String field, String problem) throws IOException {
		send(response, status, error(field, field + " " + problem));
	}

	private static Map<String, Object> error(String field, @Nullable String message) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("field", field);
		error.put("error", String.valueOf(message));
		return error;
	}

	private void send(HttpServletResponse response, int status, Map<String, Object> body) throws IOException {
		byte[] bytes = this.json.writeValueAsBytes(body);
		response.setStatus(status);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(bytes.length);
		response.getOutputStream().write(bytes);
	}

}
