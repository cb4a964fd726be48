package io.pyserver.operator;

import java.io.IOException;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.HttpRequestHandler;

/**
 * {@code GET /actuator/probes} without Actuator, which takes ten times as long to set up
 * as this does: whoever looks at probes should not be the reason that they are late.
 */
final class ProbesHandler implements HttpRequestHandler {

	private final JsonAnswer answer = new JsonAnswer(JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(Include.NON_NULL))
		.build());

	private final ProbesEndpoint probes;

	ProbesHandler(ProbesEndpoint probes) {
		this.probes = probes;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		switch (request.getMethod()) {
			case "GET", "HEAD" -> this.answer.send(response, 200, this.probes.probes());
			default -> this.answer.methodNotAllowed(response, "GET, HEAD");
		}
	}

}
