package io.pyserver.accesslog;

import java.time.Duration;
import java.util.function.Function;

import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.Members;

import io.pyserver.probe.Attribution;
import io.pyserver.probe.Call;

/**
 * One JSON object a request, with the fields that Google Cloud Logging takes out of a
 * container's standard output.
 */
final class CloudLoggingLine implements Function<Call, String> {

	private final WerkzeugLine message = new WerkzeugLine();

	private final String tracePrefix;

	private final JsonWriter<Call> json;

	/**
	 * Prepares to write lines.
	 * @param project the Google Cloud project that traces are kept in; empty where there
	 * is none, and then a trace is named by its identity alone
	 */
	CloudLoggingLine(String project) {
		this.tracePrefix = project.isEmpty() ? "" : "projects/" + project + "/traces/";
		this.json = JsonWriter.of(this::fields);
	}

	@Override
	public String apply(Call call) {
		return this.json.writeToString(call);
	}

	private void fields(Members<Call> line) {
		line.add("severity", CloudLoggingLine::severity);
		line.add("time", Call::time);
		line.add("message", this.message::apply);
		line.add("httpRequest").usingMembers(CloudLoggingLine::httpRequest);
		line.add("logging.googleapis.com/labels", Call::attribution).usingMembers(CloudLoggingLine::labels);
		line.add("logging.googleapis.com/trace", Call::trace).whenNotNull().as(this.tracePrefix::concat);
	}

	private static void httpRequest(Members<Call> request) {
		request.add("requestMethod", Call::method);
		request.add("requestUrl", Call::target);
		request.add("status", Call::status);
		request.add("responseSize", (call) -> Long.toString(call.responseSize()));
		request.add("userAgent", Call::userAgent).whenNotNull();
		request.add("remoteIp", Call::remoteAddress).whenNotNull();
		request.add("serverIp", Call::serverAddress).whenNotNull();
		request.add("latency", (call) -> seconds(call.latency()));
		request.add("protocol", Call::protocol).whenNotNull();
	}

	private static void labels(Members<Attribution> labels) {
		labels.add("caller", (attribution) -> attribution.caller().label());
		labels.add("probe", (attribution) -> attribution.probe().label());
		labels.add("claimed", Attribution::claimed).when(Boolean::booleanValue).as(String::valueOf);
	}

	private static String severity(Call call) {
		return (call.status() < 400) ? "INFO" : (call.status() < 500) ? "WARNING" : "ERROR";
	}

	/** As {@code 0.012345s}. */
	private static String seconds(Duration latency) {
		String micros = Long.toString(1_000_000L + latency.toNanosPart() / 1_000);
		return latency.toSeconds() + "." + micros.substring(1) + "s";
	}

}
