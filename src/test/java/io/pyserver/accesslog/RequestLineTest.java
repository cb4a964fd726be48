package io.pyserver.accesslog;

import org.apache.coyote.Request;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Tomcat's parser would hardly let through is still safe to print.
 */
class RequestLineTest {

	@Test
	void allCharactersButVisibleAsciiAreEscaped() {
		assertThat(target("/a b\r\n\u0000\u001b[31m\t\u007f\u009b\u00e9\"\\~!"))
			.isEqualTo("/a\\x20b\\x0d\\x0a\\x00\\x1b[31m\\x09\\x7f\\x9b\\xe9\\x22\\x5c~!");
	}

	@Test
	void aLongTargetIsCut() {
		assertThat(target("a".repeat(1_900))).isEqualTo("a".repeat(1_900));
		assertThat(target("a".repeat(1_901))).isEqualTo("a".repeat(1_900) + "...");
	}

	@Test
	void anUnreadablePartIsADash() {
		assertThat(RequestLine.stored(new Request())).isEqualTo(new RequestLine("-", "-", null));
	}

	@Test
	void theStoredLineIsUnchangedByARewrite() {
		Request request = request("get", "//version");
		RequestLine.store(request);
		request.setMethod("GET");
		request.requestURI().setString("/version");

		assertThat(RequestLine.stored(request)).isEqualTo(new RequestLine("get", "//version", "HTTP/1.1"));
	}

	private static String target(String target) {
		return RequestLine.stored(request("GET", target)).target();
	}

	private static Request request(String method, String target) {
		Request request = new Request();
		request.setMethod(method);
		request.requestURI().setString(target);
		request.protocol().setString("HTTP/1.1");
		return request;
	}

}
