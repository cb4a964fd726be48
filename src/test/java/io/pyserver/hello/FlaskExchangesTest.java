package io.pyserver.hello;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import io.pyserver.support.OwnAddress;
import io.pyserver.support.RawClient;
import io.pyserver.support.RawResponse;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks what Flask was asked, over raw sockets, and expects what Flask answered. Not on
 * loopback, where operators get more.
 */
@ServiceTest
class FlaskExchangesTest {

	private final String hostname = Hostname.current();

	@LocalServerPort
	private int port;

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void theAnswerIsThatOfFlask(Exchange exchange) throws IOException {
		RawResponse response = new RawClient(OwnAddress.any(), this.port).exchange(exchange.request());

		assertThat(response.status()).isEqualTo(exchange.status());
		assertThat(response.headers().get("Content-Type")).isEqualTo(exchange.headers().get("Content-Type"));
		assertThat(response.headers().get("Content-Length")).isEqualTo(exchange.contentLengthFrom(this.hostname));
		assertThat(methods(response.headers().get("Allow"))).isEqualTo(methods(exchange.headers().get("Allow")));
		assertThat(response.body()).isEqualTo(exchange.bodyFrom(this.hostname));
		assertThat(response.headers()).doesNotContainKey("Server");
	}

	static Stream<Exchange> theAnswerIsThatOfFlask() {
		return Stream.of("flask-responses.json", "more-responses.json")
			.flatMap((file) -> Exchange.recordedIn(file).stream());
	}

	@ParameterizedTest
	@MethodSource
	void anInvalidRequestGetsAPageInFlasksForm(String request) throws IOException {
		RawResponse response = new RawClient(this.port).exchange(request);

		assertThat(response.status()).isEqualTo(400);
		assertThat(response.headers()).containsEntry("Content-Type", "text/html; charset=utf-8")
			.doesNotContainKey("Server");
		assertThat(response.body()).isEqualTo("""
				<!doctype html>
				<html lang=en>
				<title>400 Bad Request</title>
				<h1>Bad Request</h1>
				<p>The server did not answer this request.</p>
				""");
	}

	static Stream<String> anInvalidRequestGetsAPageInFlasksForm() {
		return Stream.of("GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a_b\r\nHost: a_b\r\n\r\n",
				"GET http://a/ HTTP/1.1\r\nHost: a/b\r\n\r\n", "GET /caf\u00e9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
				"GET /#top HTTP/1.1\r\nHost: localhost\r\n\r\n", "G(T / HTTP/1.1\r\nHost: localhost\r\n\r\n",
				"GET / HTTP/1.1\r\nHost: localhost\r\nX: \u0000\r\n\r\n",
				"GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}

	@Test
	void anUnsupportedVersionGetsAPageInFlasksForm() throws IOException {
		RawResponse response = new RawClient(this.port).exchange("GET / HTTP/3.0\r\nHost: localhost\r\n\r\n");

		assertThat(response.status()).isEqualTo(505);
		assertThat(response.body())
			.startsWith("<!doctype html>\n<html lang=en>\n<title>505 HTTP Version not supported<");
	}

	@ParameterizedTest
	@CsvSource({ "HTTP/2.0, 505", "HTTP/10.0, 505", "HTTP/1.2, 200", "HTTP/01.1, 200", "HTTP/0.5, 200", "HTTP/a.b, 400",
			"HTTP/1, 400", "http/1.1, 400", "FOO, 400", "HTTP/1.1.1, 400", "HTTP/12345678901.1, 400" })
	void aVersionIsAcceptedIfItIsBefore2(String version, int status) throws IOException {
		RawResponse response = new RawClient(this.port)
			.exchange("GET / " + version + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

		assertThat(response.status()).isEqualTo(status);
	}

	/** What follows is not read, and so never taken for a request. */
	@ParameterizedTest
	@ValueSource(strings = { "Transfer-Encoding: unknown", "Transfer-Encoding: gzip, chunked", "Expect: unknown" })
	void anUnknownCodingOrExpectationIsIgnored(String header) throws IOException {
		RawResponse response = new RawClient(this.port).exchange("POST / HTTP/1.1\r\nHost: localhost\r\n" + header
				+ "\r\n\r\nGET /version HTTP/1.1\r\nHost: localhost\r\n\r\n");

		assertThat(response.status()).isEqualTo(405);
		assertThat(response.body()).startsWith("<!doctype html>").doesNotContain("Helloworld");
	}

	/** Tomcat refuses both, and then reads no further. */
	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\nHost: a_b:80", "GET http://a/ HTTP/1.1\r\nHost: b" })
	void aHostThatTomcatRejectsIsAcceptedAndTheNextRequestIsNotRead(String request) throws IOException {
		RawResponse response = new RawClient(this.port)
			.exchange(request + "\r\n\r\nGET /version HTTP/1.1\r\nHost: localhost\r\n\r\n");

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).startsWith("Built Locally and Pushed").doesNotContain("Helloworld");
	}

	private static Set<String> methods(@Nullable String allow) {
		return (allow != null) ? Arrays.stream(allow.split(", ")).collect(Collectors.toSet()) : Set.of();
	}

}
