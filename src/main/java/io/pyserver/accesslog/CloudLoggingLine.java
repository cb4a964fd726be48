package io.pyserver.accesslog;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.Members;

import io.pyserver.probe.Attribution;
import io.pyserver.probe.Call;

/**
 * One JSON object a request, with the fields that Google Cloud Logging takes out of a
 * container's standard output.
 */
final class CloudLoggingLine implements Function<Call, String> {

	private final JsonWriter<Call> json = JsonWriter.of(this::fields);

	private final String tracePrefix;

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
		return this.json.writeToString(call);
	}

	private void fields(Members<Call> line) {
		line.add("severity", (call) -> severity(call.status()));
		line.add("time", Call::time);
		line.add("message", WerkzeugLine::of);
		line.add("httpRequest").usingMembers(CloudLoggingLine::request);
		line.add("logging.googleapis.com/labels", Call::attribution).usingMembers(CloudLoggingLine::labels);
		line.add("logging.googleapis.com/trace", this::trace).whenNotNull();
	}

	private static void request(Members<Call> request) {
		request.add("requestMethod", Call::method);
		request.add("requestUrl", Call::target);
		request.add("status", Call::status);
		request.add("responseSize", (call) -> String.valueOf(call.responseSize()));
		request.add("userAgent", Call::userAgent).whenNotNull();
		request.add("remoteIp", Call::remoteAddress).whenNotNull();
		request.add("serverIp", Call::serverAddress).whenNotNull();
		request.add("latency", (call) -> seconds(call.latency()));
		request.add("protocol", Call::protocol).whenNotNull();
	}

	private static void labels(Members<Attribution> labels) {
		labels.add("caller", (attribution) -> attribution.caller().label());
		labels.add("probe", (attribution) -> attribution.probe().label());
		labels.add("claimed", (attribution) -> attribution.claimed() ? "true" : null).whenNotNull();
	}

	private @Nullable String trace(Call call) {
		return (call.trace() != null) ? this.tracePrefix + call.trace() : null;
	}

	private static String severity(int status) {
		return (status < 400) ? "INFO" : (status < 500) ? "WARNING" : "ERROR";
	}

	/** As {@code 0.012345s}: the one above the digits makes room for their zeros. */
	private static String seconds(Duration latency) {
		String fraction = String.valueOf(1_000_000 + latency.toNanosPart() / 1_000);
		return latency.toSeconds() + "." + fraction.substring(1) + "s";
	}

}
