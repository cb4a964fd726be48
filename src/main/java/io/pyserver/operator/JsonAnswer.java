package io.pyserver.operator;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;

/** An answer to an operator. */
record JsonAnswer(JsonMapper json) {

	void send(HttpServletResponse response, int status, Object body) throws IOException {
		byte[] bytes = this.json.writeValueAsBytes(body);
		response.setStatus(status);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(bytes.length);
		response.getOutputStream().write(bytes);
	}

	/** Names what is wrong with the request. */
	void fail(HttpServletResponse response, int status, String field, @Nullable String error) throws IOException {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("field", field);
		body.put("error", String.valueOf(error));
		send(response, status, body);
	}

	/** Says which methods there are. */
	void methodNotAllowed(HttpServletResponse response, String allowed) throws IOException {
		response.setHeader("Allow", allowed);
		fail(response, 405, "method", "method is not allowed; there are " + allowed.replaceAll(", (?!.*,)", " and "));
	}

}
