package io.pyserver.accesslog;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.PyserverApplication;
import io.pyserver.support.JavaCommand;
import io.pyserver.support.PrintedPort;
import io.pyserver.support.RawClient;
import io.pyserver.support.RawResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Starts the service as a process of its own, far from UTC, and reads all that it prints.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class StandardOutputTest {

	private static final Pattern OK = Pattern.compile("HTTP/1\\.1 200 ");

	private static final Pattern PORT = Pattern.compile("Tomcat started on ports? (\\d+)");

	private static final Pattern SPRINGS_OWN_LINE = Pattern
		.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ {2}INFO \\d+ --- \\[[^]]+] (i\\.p|io\\.p|o\\.s|o\\.a|b\\.w)\\S+ +: .+");

	private static final List<String> ACCESS_FIELDS = List.of("severity", "time", "message", "httpRequest",
			"logging.googleapis.com/labels", "logging.googleapis.com/trace");

	private static final List<String> REQUEST_FIELDS = List.of("requestMethod", "requestUrl", "status", "responseSize",
			"userAgent", "remoteIp", "serverIp", "latency", "protocol");

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy HH:mm:ss", Locale.ENGLISH);

	@TempDir
	private Path directory;

	private Path output;

	private Process service;

	private RawClient client;

	private RawClient operators;

	private void start(String form) throws IOException {
		this.output = this.directory.resolve("output");
		this.service = command(form).redirectOutput(this.output.toFile()).start();
		this.client = new RawClient(PrintedPort.of(this.service, this.output));
	}

	private ProcessBuilder command(String form) {
		ProcessBuilder command = JavaCommand.of("-Duser.timezone=Asia/Kolkata", "-Djava.io.tmpdir=" + this.directory,
				"--enable-native-access=ALL-UNNAMED", "-cp", mainClassPath(), PyserverApplication.class.getName(),
				"--server.port=0", "--management.server.port=0");
		command.environment().put("PYSERVER_LOG_FORMAT", form);
		return command;
	}

	@AfterEach
	void stop() {
		this.service.destroyForcibly();
	}

	@Test
	void theOutputHasSpringsLinesAndOneLineInUtcForEachRequest() throws Exception {
		serveHostileRequests("werkzeug");

		Map<Boolean, List<String>> lines = printed().lines()
			.collect(Collectors.partitioningBy(AccessLogTest.LINE.asMatchPredicate()));
		assertThat(lines.get(true)).hasSize(2_000);
		assertThat(lines.get(true)).allSatisfy((line) -> assertThat(time(line))
			.isCloseTo(LocalDateTime.now(ZoneOffset.UTC), within(5, ChronoUnit.MINUTES)));
		assertThat(lines.get(false)).isNotEmpty()
			.hasSizeLessThan(25)
			.allSatisfy((line) -> assertThat(line).matches(SPRINGS_OWN_LINE));
	}

	@Test
	void eachJsonLineHasTheDocumentedFields() throws Exception {
		serveHostileRequests("json");

		Map<Boolean, List<JsonNode>> lines = printed().lines()
			.map((line) -> JsonMapper.shared().readTree(line))
			.collect(Collectors.partitioningBy((line) -> line.has("httpRequest")));
		assertThat(lines.get(true)).hasSize(2_000).allSatisfy((line) -> {
			assertThat(names(line)).containsOnlyOnce("severity", "time", "message", "httpRequest",
					"logging.googleapis.com/labels");
			assertThat(ACCESS_FIELDS).containsAll(names(line));
			assertThat(REQUEST_FIELDS).containsAll(names(line.get("httpRequest")));
			assertThat(names(line.get("httpRequest"))).contains("requestMethod", "requestUrl", "status", "responseSize",
					"remoteIp", "serverIp", "latency");
			assertThat(line.at("/httpRequest/latency").asString()).matches("\\d+\\.\\d{6}s");
			assertThat(line.get("message").asString()).matches(AccessLogTest.LINE);
			assertThat(line.get("logging.googleapis.com/labels").properties())
				.allSatisfy((label) -> assertThat(label.getValue().isString()).isTrue());
		});
		assertThat(lines.get(false)).isNotEmpty()
			.hasSizeLessThan(25)
			.allSatisfy((line) -> assertThat(names(line)).containsExactly("severity", "time", "message", "logger",
					"thread"));
	}

	@Test
	void aClosedPipeDelaysNoRequest() throws Exception {
		RawClient client = new RawClient(startIntoAPipe());
		this.service.getInputStream().close();

		assertThat(lostOf(client)).isPositive();
	}

	@Test
	@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
	void aStoppedReaderDelaysNoRequestAndReadsWholeLinesAfterwards() throws Exception {
		RawClient client = new RawClient(startIntoAPipe());
		long lost = lostOf(client);
		assertThat(lost).isPositive();

		BufferedReader output = this.service.inputReader();
		assertThat(requests(output).limit(7_001 - lost)).hasSize((int) (7_001 - lost));

		// The process's own destroy closes the pipe as well.
		this.service.toHandle().destroy();
		// The line of the request that asked how many were lost may be one more.
		assertThat(requests(output)).hasSizeLessThanOrEqualTo(1);
	}

	private static Stream<JsonNode> requests(BufferedReader lines) {
		return lines.lines()
			.map((line) -> JsonMapper.shared().readTree(line))
			.filter((line) -> line.has("httpRequest"));
	}

	/** So many lines were lost of 7,001 requests. */
	private long lostOf(RawClient client) throws IOException {
		// With the first one Spring says that it is ready, which would be lost as well.
		assertThat(this.operators.exchange(lastOf("/actuator/probes")).status()).isEqualTo(200);
		for (int i = 0; i < 70; i++) {
			RawResponse answers = client.exchange("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(99) + lastOf("/"));
			assertThat(answers.status()).isEqualTo(200);
			assertThat(OK.matcher(answers.body()).results()).hasSize(99);
		}

		RawResponse probes = this.operators.exchange(lastOf("/actuator/probes"));
		return JsonMapper.shared().readTree(probes.body()).get("droppedLogLines").asLong();
	}

	private static String lastOf(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	}

	private int startIntoAPipe() throws IOException {
		this.service = command("json").redirectErrorStream(false).start();
		BufferedReader lines = this.service.inputReader();
		int service = 0;
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			Matcher port = PORT.matcher(line);
			if (port.find() && service > 0) {
				this.operators = new RawClient(Integer.parseInt(port.group(1)));
				return service;
			}
			else if (port.reset().find()) {
				service = Integer.parseInt(port.group(1));
			}
		}
		throw new IOException("It did not start");
	}

	private static List<String> names(JsonNode object) {
		return List.copyOf(object.propertyNames());
	}

	private void serveHostileRequests(String form) throws Exception {
		start(form);
		try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
			for (Future<?> sent : HostileRequests.ofSeed(52049)
				.limit(2_000)
				.map((request) -> clients.submit(() -> send(request)))
				.toList()) {
				sent.get();
			}
		}
		this.service.destroy();
		assertThat(this.service.waitFor()).as("told to stop, it ends with").isZero();
	}

	private static LocalDateTime time(String line) {
		return LocalDateTime.parse(line.substring(line.indexOf('[') + 1, line.indexOf(']')), TIME);
	}

	private void send(String request) {
		try {
			this.client.sendAndWait(request);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No end to: " + request, ex);
		}
	}

	private String printed() {
		try {
			return Files.readString(this.output, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String mainClassPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
