package io.pyserver.accesslog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.pyserver.probe.Attribution;
import io.pyserver.probe.Call;
import io.pyserver.probe.Caller;
import io.pyserver.probe.ProbeKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fields, and what Cloud Logging expects in each.
 */
class CloudLoggingLineTest {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final Attribution PROBE = new Attribution(Caller.NODE, ProbeKind.LIVENESS, false);

	@Test
	void aLineHasAllKnownFields() {
		assertThat(line("my-project", Calls.of(200, "kube-probe/1.34", TRACE, PROBE))).isEqualTo(read("""
				{
				  "severity": "INFO",
				  "time": "2026-11-23T05:20:49.123456789Z",
				  "message": "10.42.0.1 - - [23/Nov/2026 05:20:49] \\"GET /?q=\\\\x22 HTTP/1.1\\" 200 -",
				  "httpRequest": {
				    "requestMethod": "GET",
				    "requestUrl": "/?q=\\\\x22",
				    "status": 200,
				    "responseSize": "34",
				    "userAgent": "kube-probe/1.34",
				    "remoteIp": "10.42.0.1",
				    "serverIp": "10.42.0.7",
				    "latency": "1.012345s",
				    "protocol": "HTTP/1.1"
				  },
				  "logging.googleapis.com/labels": {"caller": "node", "probe": "liveness"},
				  "logging.googleapis.com/trace": "projects/my-project/traces/4bf92f3577b34da6a3ce929d0e0e4736"
				}
				"""));
	}

	@Test
	void unknownFieldsAreLeftOut() {
		JsonNode line = line("", Calls.from(null));

		assertThat(line.propertyNames()).containsExactly("severity", "time", "message", "httpRequest",
				"logging.googleapis.com/labels");
		assertThat(line.get("httpRequest").propertyNames()).containsExactly("requestMethod", "requestUrl", "status",
				"responseSize", "latency", "protocol");
	}

	@Test
	void theTraceIsItsIdWithoutAProject() {
		assertThat(line("", Calls.of(200, null, TRACE, PROBE)).get("logging.googleapis.com/trace").asString())
			.isEqualTo(TRACE);
	}

	@Test
	void aClaimedProbeHasALabel() {
		Attribution claimed = new Attribution(Caller.POD, ProbeKind.NONE, true);

		assertThat(line("", Calls.of(200, null, null, claimed)).at("/logging.googleapis.com~1labels"))
			.isEqualTo(read("""
					{"caller": "pod", "probe": "none", "claimed": "true"}
					"""));
	}

	@ParameterizedTest
	@CsvSource({ "100, INFO", "200, INFO", "399, INFO", "400, WARNING", "499, WARNING", "500, ERROR", "599, ERROR" })
	void theSeverityFollowsFromTheStatus(int status, String severity) {
		assertThat(line("", Calls.of(status, null, null, PROBE)).get("severity").asString()).isEqualTo(severity);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,     4bf92f3577b34da6a3ce929d0e0e4736
			cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-new, 4bf92f3577b34da6a3ce929d0e0e4736
			00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-new,
			ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,
			00-00000000000000000000000000000000-00f067aa0ba902b7-01,
			00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01,
			00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01,
			00-4bf92f3577b34da6a3ce929d0e0e4736,
			,
			""")
	void onlyAValidTraceparentNamesATrace(String header, String trace) {
		assertThat(TraceParent.traceId(header)).isEqualTo(trace);
	}

	private static JsonNode line(String project, Call call) {
		return read(new CloudLoggingLine(project).apply(call));
	}

	private static JsonNode read(String json) {
		return JsonMapper.shared().readTree(json);
	}

}
