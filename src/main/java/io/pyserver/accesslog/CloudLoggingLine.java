package io.pyserver.accesslog;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.pyserver.probe.Attribution;
import io.pyserver.probe.Call;

/**
 * One JSON object a request, with the fields that Google Cloud Logging takes out of a
 * container's standard output. Written by hand, because on a small pod a general writer
 * costs a third of the throughput.
 */
final class CloudLoggingLine implements CallLine {

	private final WerkzeugLine message = WerkzeugLine.inJson();

	private final String tracePrefix;

	private volatile Second current = Second.of(Instant.EPOCH);

	/**
	 * Prepares to write lines.
	 * @param project the Google Cloud project that traces are kept in, by its plain name;
	 * empty where there is none, and then a trace is named by its identity alone
	 */
	CloudLoggingLine(String project) {
		this.tracePrefix = project.isEmpty() ? "" : "projects/" + project + "/traces/";
	}

	@Override
	public void append(StringBuilder line, Call call) {
		line.append("{\"severity\":\"").append(severity(call.status())).append("\",\"time\":\"");
		time(line, call.time());
		line.append("\",\"message\":\"");
		this.message.append(line, call);
		line.append("\",\"httpRequest\":{\"requestMethod\":\"");
		JsonText.append(line, call.method());
		line.append("\",\"requestUrl\":\"");
		JsonText.append(line, call.target());
		line.append("\",\"status\":").append(call.status());
		line.append(",\"responseSize\":\"").append(call.responseSize()).append('"');
		optional(line, "userAgent", call.userAgent());
		optional(line, "remoteIp", call.remoteAddress());
		optional(line, "serverIp", call.serverAddress());
		line.append(",\"latency\":\"");
		seconds(line, call.latency());
		line.append('"');
		optional(line, "protocol", call.protocol());
		line.append('}');
		labels(line, call.attribution());
		if (call.trace() != null) {
			optional(line, "logging.googleapis.com/trace", this.tracePrefix + call.trace());
		}
		line.append('}');
	}

	private static void labels(StringBuilder line, Attribution attribution) {
		line.append(",\"logging.googleapis.com/labels\":{\"caller\":\"").append(attribution.caller().label());
		line.append("\",\"probe\":\"").append(attribution.probe().label());
		line.append(attribution.claimed() ? "\",\"claimed\":\"true\"}" : "\"}");
	}

	private static String severity(int status) {
		return (status < 400) ? "INFO" : (status < 500) ? "WARNING" : "ERROR";
	}

	private static void optional(StringBuilder line, String name, @Nullable String value) {
		if (value != null) {
			line.append(",\"").append(name).append("\":\"");
			JsonText.append(line, value);
			line.append('"');
		}
	}

	/** RFC 3339 with nanoseconds; many requests share a second. */
	private void time(StringBuilder line, Instant time) {
		Second second = this.current;
		if (second.epoch() != time.getEpochSecond()) {
			second = Second.of(time);
			this.current = second;
		}
		line.append(second.text());
		fraction(line, 1_000_000_000, time.getNano());
		line.append('Z');
	}

	/** As {@code 0.012345s}. */
	private static void seconds(StringBuilder line, Duration latency) {
		line.append(latency.toSeconds());
		fraction(line, 1_000_000, latency.toNanosPart() / 1_000);
		line.append('s');
	}

	/** A point, and the digits with the zeros in front: the one above them makes room. */
	private static void fraction(StringBuilder line, int one, int digits) {
		int point = line.length();
		line.append(one + digits).setCharAt(point, '.');
	}

	private record Second(long epoch, String text) {

		static Second of(Instant instant) {
			Instant whole = Instant.ofEpochSecond(instant.getEpochSecond());
			return new Second(instant.getEpochSecond(), whole.toString().replace("Z", ""));
		}

	}

}
