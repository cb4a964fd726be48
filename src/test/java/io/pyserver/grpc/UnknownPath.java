package io.pyserver.grpc;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import io.pyserver.support.RawClient;
import io.pyserver.support.RawResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Flask's answer to a path that it does not know. */
final class UnknownPath {

	private UnknownPath() {
	}

	static void assertThatCheckIsOne(int port, String headers) throws IOException {
		assertThat(post(port, "/grpc.health.v1.Health/Check", headers)).isEqualTo(post(port, "/unknown", headers))
			.containsEntry("status", "404");
	}

	private static Map<String, String> post(int port, String path, String headers) throws IOException {
		RawResponse response = new RawClient(port).exchange("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n"
				+ headers + "Content-Type: application/grpc\r\nContent-Length: 5\r\n\r\n\0\0\0\0\0");
		Map<String, String> shown = new TreeMap<>(response.headers());
		shown.remove("Date");
		shown.put("status", String.valueOf(response.status()));
		shown.put("body", response.body());
		return shown;
	}

}
