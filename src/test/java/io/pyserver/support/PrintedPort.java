package io.pyserver.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.awaitility.Awaitility.await;

/**
 * The port of a service that runs as a process of its own, as it says itself once it has
 * started.
 */
public final class PrintedPort {

	private static final Duration START = Duration.ofMinutes(3);

	/** First the service's, then the operators'. */
	private static final Pattern STARTED = Pattern
		.compile("Tomcat started on ports? (\\d+)[\\s\\S]*Tomcat started on ports? (\\d+)[\\s\\S]*Started Pyserver");

	private PrintedPort() {
	}

	/**
	 * Waits for it.
	 * @param service the process
	 * @param log where its standard output goes
	 * @return the port, or 0 where the process has ended
	 */
	public static int of(Process service, Path log) {
		return await().atMost(START).until(() -> in(log, 1), (port) -> port > 0 || !service.isAlive());
	}

	/**
	 * The operators' port, of a service that has started.
	 * @param log where its standard output goes
	 * @return the port, or 0 where it has not
	 * @throws IOException when the log cannot be read
	 */
	public static int ofOperators(Path log) throws IOException {
		return in(log, 2);
	}

	private static int in(Path log, int group) throws IOException {
		return STARTED.matcher(Files.readString(log, StandardCharsets.ISO_8859_1))
			.results()
			.map((MatchResult result) -> Integer.parseInt(result.group(group)))
			.findAny()
			.orElse(0);
	}

}
