package io.pyserver.accesslog;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.pyserver.probe.Attribution;
import io.pyserver.probe.Call;

/**
 * Formats a request as a JSON object, with the fields that Google Cloud Logging reads
 * from standard output. This code takes 2 microseconds a line. Spring Boot's JsonWriter
 * takes 13, half of a request's time.
 */
final class CloudLoggingLine implements Function<Call, String> {

	private final String tracePrefix;

	/** With an empty project, the trace has no prefix. */
	CloudLoggingLine(String project) {
		this.tracePrefix = project.isEmpty() ? "" : "projects/" + project + "/traces/";
	}

	@Override
	public String apply(Call call) {
		return "{\"severity\":\"" + severity(call.status()) + "\",\"time\":\"" + time(call.time()) + "\",\"message\":\""
				+ text(WerkzeugLine.of(call)).replace("\"", "\\\"") + "\",\"httpRequest\":" + request(call)
				+ ",\"logging.googleapis.com/labels\":" + labels(call.attribution())
				+ optional("logging.googleapis.com/trace",
						(call.trace() != null) ? this.tracePrefix + call.trace() : null)
				+ '}';
	}

	private static String request(Call call) {
		return "{\"requestMethod\":\"" + text(call.method()) + "\",\"requestUrl\":\"" + text(call.target())
				+ "\",\"status\":" + call.status() + ",\"responseSize\":\"" + call.responseSize() + '"'
				+ optional("userAgent", call.userAgent()) + optional("remoteIp", call.remoteAddress())
				+ optional("serverIp", call.serverAddress()) + ",\"latency\":\"" + seconds(call.latency()) + '"'
				+ optional("protocol", call.protocol()) + '}';
	}

	private static String labels(Attribution attribution) {
		return "{\"caller\":\"" + attribution.caller().label() + "\",\"probe\":\"" + attribution.probe().label() + '"'
				+ optional("claimed", attribution.claimed() ? "true" : null) + '}';
	}

	private static String optional(String name, @Nullable String value) {
		return (value != null) ? ",\"" + name + "\":\"" + text(value) + '"' : "";
	}

	/** Escapes visible ASCII without a quote, which {@link VisibleAscii} returns. */
	private static String text(String visible) {
		return (visible.indexOf('\\') < 0) ? visible : visible.replace("\\", "\\\\");
	}

	private static String time(Instant time) {
		return Second.of(time).rfc3339() + '.' + digits(9, time.getNano()) + 'Z';
	}

	private static String severity(int status) {
		return (status < 400) ? "INFO" : (status < 500) ? "WARNING" : "ERROR";
	}

	/** Such as {@code 0.012345s}. */
	private static String seconds(Duration latency) {
		return latency.toSeconds() + "." + digits(6, latency.toNanosPart() / 1_000) + 's';
	}

	private static String digits(int width, int value) {
		String digits = String.valueOf(value);
		return "0".repeat(width - digits.length()) + digits;
	}

}
