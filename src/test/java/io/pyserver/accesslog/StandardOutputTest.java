package io.pyserver.accesslog;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.pyserver.PyserverApplication;
import io.pyserver.wire.RawClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * Starts the service as a process of its own, far from UTC, and reads all that it prints.
 */
class StandardOutputTest {

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)[\\s\\S]*Started Pyserver");

	private static final Pattern SPRINGS_OWN_LINE = Pattern
		.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ {2}INFO \\d+ --- \\[[^]]+] (i\\.p|io\\.p|o\\.s|o\\.a|b\\.w)\\S+ +: .+");

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy HH:mm:ss", Locale.ENGLISH);

	@TempDir
	private Path directory;

	private Path output;

	private Process service;

	private RawClient client;

	@BeforeEach
	void start() throws IOException {
		this.output = this.directory.resolve("output");
		this.service = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Duser.timezone=Asia/Kolkata", "-XX:TieredStopAtLevel=1", "-cp", mainClassPath(),
				PyserverApplication.class.getName(), "--server.port=0")
			.redirectErrorStream(true)
			.redirectOutput(this.output.toFile())
			.start();
		this.client = new RawClient(await().atMost(Duration.ofSeconds(60))
			.until(this::port, (port) -> port > 0 || !this.service.isAlive()));
	}

	@AfterEach
	void stop() {
		this.service.destroyForcibly();
	}

	@Test
	void holdsSpringsOwnLinesAndOneLineInUtcForEveryRequest() throws Exception {
		HostileRequests.ofSeed(52049).limit(5_000).toList().parallelStream().forEach(this::send);
		this.service.destroy();
		this.service.waitFor();

		Map<Boolean, List<String>> lines = printed().lines()
			.collect(Collectors.partitioningBy(AccessLogTest.LINE.asMatchPredicate()));
		assertThat(lines.get(true)).hasSize(5_000);
		assertThat(lines.get(true)).allSatisfy((line) -> assertThat(time(line))
			.isCloseTo(LocalDateTime.now(ZoneOffset.UTC), within(5, ChronoUnit.MINUTES)));
		assertThat(lines.get(false)).isNotEmpty()
			.hasSizeLessThan(25)
			.allSatisfy((line) -> assertThat(line).matches(SPRINGS_OWN_LINE));
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

	private int port() {
		return STARTED.matcher(printed())
			.results()
			.map((MatchResult result) -> Integer.parseInt(result.group(1)))
			.findAny()
			.orElse(0);
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
