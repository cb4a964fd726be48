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

	private final JsonAnswer answer = new JsonAnswer(JsonMapper.shared());

	private final ProbeKind kind;

	private final ProbeSwitch probeSwitch;

	SwitchHandler(ProbeKind kind, ProbeSwitch probeSwitch) {
		this.kind = kind;
		this.probeSwitch = probeSwitch;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		switch (request.getMethod()) {
			case "GET", "HEAD" -> this.answer.send(response, 200, show(this.probeSwitch.setting(this.kind)));
			case "POST" -> change(request, response);
			default -> this.answer.methodNotAllowed(response, "GET, HEAD, POST");
		}
	}

	private void change(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!isFromHere(request.getHeader("Origin"), request.getHeader("Host"))) {
			this.answer.fail(response, 403, "Origin", "Origin is another site's");
			return;
		}
		if (!isJson(request.getContentType())) {
			this.answer.fail(response, 415, "Content-Type", "Content-Type must be application/json");
			return;
		}
		try {
			SwitchOrder order = SwitchOrder.parse(request.getInputStream().readNBytes(SwitchOrder.LONGEST + 1));
			this.answer.send(response, 200, show(this.probeSwitch.change(this.kind, order.broken(), order.delay())));
		}
		catch (SwitchOrder.Invalid ex) {
			this.answer.fail(response, 400, ex.field(), ex.getMessage());
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

}
