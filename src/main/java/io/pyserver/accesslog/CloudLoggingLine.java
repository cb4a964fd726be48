package io.pyserver.accesslog;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pyserver.probe.Attribution;
import io.pyserver.probe.Call;

/**
 * One JSON object a request, with the fields that Google Cloud Logging takes out of a
 * container's standard output. Written by hand, because on a small pod a general writer
 * costs a third of the throughput; it relies on the record's texts being visible ASCII
 * without a quote.
 */
final class CloudLoggingLine implements Function<Call, String> {

	private final WerkzeugLine message = new WerkzeugLine();

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
	public String apply(Call call) {
		StringBuilder line = new StringBuilder(700);
		line.append("{\"severity\":\"").append(severity(call.status())).append("\",\"time\":\"");
		time(line, call.time());
		line.append("\",\"message\":\"");
		escape(line, this.message.apply(call));
		line.append("\",\"httpRequest\":{\"requestMethod\":\"");
		escape(line, call.method());
		line.append("\",\"requestUrl\":\"");
		escape(line, call.target());
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
		return line.append('}').toString();
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
			escape(line, value);
			line.append('"');
		}
	}

	private static void escape(StringBuilder line, String text) {
		int written = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				line.append(text, written, i).append('\\');
				written = i;
			}
		}
		line.append(text, written, text.length());
	}

	/** RFC 3339 with nanoseconds; many requests share a second. */
	private void time(StringBuilder line, Instant time) {
		Second second = this.current;
		if (second.epoch() != time.getEpochSecond()) {
			second = Second.of(time);
			this.current = second;
		}
		line.append(second.text()).append('.');
		digits(line, time.getNano(), 100_000_000);
		line.append('Z');
	}

	/** As {@code 0.012345s}. */
	private static void seconds(StringBuilder line, Duration latency) {
		line.append(latency.toSeconds()).append('.');
		digits(line, latency.toNanosPart() / 1_000, 100_000);
		line.append('s');
	}

	private static void digits(StringBuilder line, int number, int highest) {
		for (int place = highest; place > 0; place /= 10) {
			line.append((char) ('0' + number / place % 10));
		}
	}

	private record Second(long epoch, String text) {

		static Second of(Instant instant) {
			Instant whole = Instant.ofEpochSecond(instant.getEpochSecond());
			return new Second(instant.getEpochSecond(), whole.toString().replace("Z", ""));
		}

	}

}
