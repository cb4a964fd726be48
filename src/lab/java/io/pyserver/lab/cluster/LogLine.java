package io.pyserver.lab.cluster;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of a pod's access log.
 *
 * @param time when the container runtime received the line, by the node's clock
 * @param source the address that the request came from
 * @param caller the caller, according to the service
 * @param probe the kind of the probe, according to the service
 * @param claimed whether the service says that the request only claims to be a probe
 */
public record LogLine(Instant time, String source, String request, int status, String caller, String probe,
		boolean claimed) {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** The lines of the access log in the output of a pod with timestamps. */
	public static List<LogLine> parseAll(String log) {
		return log.lines().flatMap((line) -> parse(line).stream()).toList();
	}

	/** Returns nothing for other lines, such as those of a JVM or an agent. */
	static Optional<LogLine> parse(String line) {
		String[] timeAndRest = line.split(" ", 2);
		if (timeAndRest.length < 2 || !timeAndRest[1].startsWith("{")) {
			return Optional.empty();
		}
		try {
			JsonNode entry = JSON.readTree(timeAndRest[1]);
			return entry.has("httpRequest") ? Optional.of(of(Instant.parse(timeAndRest[0]), entry)) : Optional.empty();
		}
		catch (JacksonException | DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	private static LogLine of(Instant time, JsonNode entry) {
		JsonNode request = entry.path("httpRequest");
		JsonNode labels = entry.path("logging.googleapis.com/labels");
		return new LogLine(time, request.path("remoteIp").asString(),
				request.path("requestMethod").asString() + " " + request.path("requestUrl").asString(),
				request.path("status").asInt(), labels.path("caller").asString(), labels.path("probe").asString(),
				labels.path("claimed").asString("").equals("true"));
	}

}
