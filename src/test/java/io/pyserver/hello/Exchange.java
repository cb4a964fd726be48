package io.pyserver.hello;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One question to Flask and its answer, as recorded in {@code src/test/resources/flask}.
 */
record Exchange(String method, String target, String http, @Nullable Map<String, String> requestHeaders,
		@Nullable String requestBody, int status, Map<String, String> headers, String body) {

	static List<Exchange> recordedIn(String file) {
		try (InputStream recording = Exchange.class.getResourceAsStream("/flask/" + file)) {
			return JsonMapper.shared().readValue(recording, new TypeReference<List<Exchange>>() {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The question, which asks to close the connection unless it was recorded otherwise.
	 */
	String request() {
		Map<String, String> sent = new TreeMap<>(Map.of("Connection", "close"));
		if (this.http.equals("1.1")) {
			sent.put("Host", "localhost");
		}
		if (this.requestHeaders != null) {
			sent.putAll(this.requestHeaders);
		}
		return this.method + " " + this.target + " HTTP/" + this.http + "\r\n"
				+ sent.entrySet()
					.stream()
					.map((header) -> header.getKey() + ": " + header.getValue() + "\r\n")
					.collect(Collectors.joining())
				+ "\r\n" + ((this.requestBody != null) ? this.requestBody : "");
	}

	String bodyFrom(String hostname) {
		return this.body.replace("{hostname}", hostname);
	}

	@Nullable String contentLengthFrom(String hostname) {
		String recorded = this.headers.get("Content-Length");
		int bytes = hostname.getBytes(StandardCharsets.UTF_8).length;
		return "32 + length of {hostname}".equals(recorded) ? String.valueOf(32 + bytes) : recorded;
	}

	/** The name of the test. */
	@Override
	public String toString() {
		String name = this.method + " " + this.target + " HTTP/" + this.http + " → " + this.status
				+ ((this.requestHeaders != null) ? " " + this.requestHeaders : "");
		return (name.length() > 100) ? name.substring(0, 100) + "…" : name;
	}

}
