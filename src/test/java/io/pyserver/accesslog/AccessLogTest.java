package io.pyserver.accesslog;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import io.pyserver.support.RawClient;
import io.pyserver.support.ServiceTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One line for every request, in Werkzeug's form, whatever is asked and however it ends.
 * The platform is Kubernetes, where Spring Boot would like to believe forward headers.
 */
@ServiceTest(properties = "spring.main.cloud-platform=kubernetes")
@Import(AccessLogTest.LastCaller.class)
class AccessLogTest {

	/** Every line there can be, as {@link WerkzeugLine} says. */
	static final Pattern LINE = Pattern
		.compile("[0-9a-f.:]+ - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4} \\d\\d:\\d\\d:\\d\\d] \"[ !#-~]+\" [1-5]\\d\\d -");

	private static final int LONGEST_LINE = 2_100;

	private static final String HEADERS = "Host: localhost\r\nConnection: close\r\n\r\n";

	@LocalServerPort
	private int port;

	@Autowired
	private CapturedAccessLog log;

	@Autowired
	private LastCaller lastCaller;

	@AfterEach
	void noOtherLineIsLogged() {
		assertThat(this.log.linesLeft()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " -> ", quoteCharacter = '`', textBlock = """
			GET / HTTP/1.1               -> "GET / HTTP/1.1" 200
			HEAD /version HTTP/1.1       -> "HEAD /version HTTP/1.1" 200
			post / HTTP/1.0              -> "post / HTTP/1.0" 405
			TRACE /nope HTTP/1.1         -> "TRACE /nope HTTP/1.1" 404
			GET //%76ersion;?x=%41 HTTP/1.1 -> "GET //%76ersion;?x=%41 HTTP/1.1" 404
			GET /?"q"=\\ HTTP/1.1        -> "GET /?\\x22q\\x22=\\x5c HTTP/1.1" 200
			GET /# HTTP/1.1              -> "GET - HTTP/1.1" 400
			G(T / HTTP/1.1               -> "- - HTTP/1.1" 400
			GET / HTTP/3.0               -> "GET / HTTP/3.0" 505
			""")
	void aRequestIsLogged(String requestLine, String logged) throws Exception {
		new RawClient(this.port).exchange(requestLine + "\r\n" + HEADERS);

		assertThat(this.log.nextLine()).matches(LINE).startsWith("127.0.0.1 - - [").endsWith("] " + logged + " -");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For: 10.9.8.7", "Forwarded: for=10.9.8.7", "X-Real-IP: 10.9.8.7",
			"X-Forwarded-For: 10.9.8.7, 127.0.0.1\r\nX-Forwarded-Proto: https" })
	void noHeaderChangesTheLoggedCaller(String header) throws Exception {
		new RawClient(this.port).exchange("GET / HTTP/1.1\r\n" + header + "\r\n" + HEADERS);

		assertThat(this.log.nextLine()).startsWith("127.0.0.1 - - [");
		assertThat(this.lastCaller.address).isEqualTo("127.0.0.1");
	}

	/** Spring's own way to test what the application logs. */
	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void aTestCanCaptureWhatTheApplicationLogs(CapturedOutput output) {
		LoggerFactory.getLogger(getClass()).warn("This line is captured");

		await().untilAsserted(() -> assertThat(output.getOut()).contains("This line is captured"));
	}

	@Test
	void anAbortedRequestIsLogged() throws Exception {
		for (int i = 0; i < 100; i++) {
			new RawClient(this.port).sendAndReset("GET /aborted/" + i + " HTTP/1.1\r\n" + HEADERS);

			assertThat(this.log.nextLine()).startsWith("127.0.0.1 - - [")
				.endsWith("] \"GET /aborted/" + i + " HTTP/1.1\" 404 -");
		}
	}

	/** The request line came, so something was asked; there was nobody left to answer. */
	@ParameterizedTest
	@ValueSource(strings = { "", "Host: localhost\r\n", "Host: localhost\r\nUser-Ag" })
	void aRequestWithIncompleteHeadersIsLogged(String headers) throws Exception {
		new RawClient(this.port).sendAndLeave("GET /half HTTP/1.1\r\n" + headers);

		assertThat(this.log.nextLine()).startsWith("127.0.0.1 - - [").endsWith("] \"GET /half HTTP/1.1\" 400 -");
	}

	/** Nothing was asked yet. */
	@ParameterizedTest
	@ValueSource(strings = { "", "\r\n", "GET", "GET /half", "GET /half HTTP/1.1" })
	void anIncompleteRequestLineIsNotLogged(String request) throws Exception {
		new RawClient(this.port).sendAndLeave(request);
		new RawClient(this.port).exchange("GET /next HTTP/1.1\r\n" + HEADERS);

		assertThat(this.log.nextLine()).contains("\"GET /next HTTP/1.1\"");
	}

	@Test
	void eachRequestOfAConnectionIsLogged() throws Exception {
		new RawClient(this.port)
			.sendAndWait("GET /one HTTP/1.1\r\nHost: localhost\r\n\r\nGET /two HTTP/1.1\r\n" + HEADERS);

		assertThat(List.of(this.log.nextLine(), this.log.nextLine())).satisfiesExactly(
				(one) -> assertThat(one).contains("GET /one"), (two) -> assertThat(two).contains("GET /two"));
	}

	@Test
	void aLongTargetIsCut() throws Exception {
		new RawClient(this.port).exchange("GET /" + "\"".repeat(5_000) + " HTTP/1.1\r\n" + HEADERS);

		assertThat(this.log.nextLine()).matches(LINE).hasSizeBetween(1_900, LONGEST_LINE);
	}

	@Test
	void eachHostileRequestIsLoggedInOneLine() throws Exception {
		for (String request : HostileRequests.ofSeed(20261123).limit(5_000).toList()) {
			send(request);

			assertThat(this.log.nextLine()).as(request).matches(LINE).hasSizeLessThan(LONGEST_LINE);
			assertThat(this.log.linesLeft()).as(request).isEmpty();
		}
	}

	private void send(String request) {
		try {
			new RawClient(this.port).sendAndWait(request);
		}
		catch (IOException ex) {
			throw new AssertionError("No end to: " + request, ex);
		}
	}

	/** Asks, where any part of the service may ask, who is calling. */
	static final class LastCaller implements Filter {

		private volatile String address = "nobody";

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			this.address = request.getRemoteAddr();
			chain.doFilter(request, response);
		}

	}

}
