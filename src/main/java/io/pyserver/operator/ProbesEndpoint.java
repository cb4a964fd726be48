package io.pyserver.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

import io.pyserver.accesslog.LogQueue;
import io.pyserver.probe.Call;
import io.pyserver.probe.CallerResolver;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeTotals;

/**
 * Shows the probe history at {@code GET /actuator/probes}. Times are in UTC, durations in
 * milliseconds.
 */
@Component
@Endpoint(id = "probes")
final class ProbesEndpoint {

	private final ProbeHistory history;

	private final CallerResolver callers;

	private final LogQueue queue;

	ProbesEndpoint(ProbeHistory history, CallerResolver callers, LogQueue queue) {
		this.history = history;
		this.callers = callers;
		this.queue = queue;
	}

	@ReadOperation
	Probes probes() {
		List<Call> calls = this.history.calls();
		Map<String, Kind> kinds = new LinkedHashMap<>();
		EnumSet.complementOf(EnumSet.of(ProbeKind.NONE))
			.forEach((kind) -> kinds.put(kind.label(), Kind.of(kind, this.history.totals(kind), calls)));
		return new Probes(this.callers.node().stream().map(String::valueOf).toList(),
				this.callers.pods().stream().map(String::valueOf).toList(), this.queue.lost(), kinds,
				calls.stream().map(Probe::of).toList());
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1_000 / 1_000.0;
	}

	/**
	 * The whole answer.
	 *
	 * @param node the addresses that count as the node
	 * @param pods the addresses that count as pods
	 * @param droppedLogLines the number of log lines that were lost
	 * @param kinds the totals of each kind of probe
	 * @param calls the last probes, oldest first
	 */
	record Probes(List<String> node, List<String> pods, long droppedLogLines, Map<String, Kind> kinds,
			List<Probe> calls) {
	}

	/** The totals of one kind since the start. The percentiles are of its last probes. */
	@JsonInclude(Include.NON_NULL)
	record Kind(long count, long failures, @Nullable Instant lastSeen, @Nullable Double meanIntervalMs,
			double longestGapMs, Map<String, Double> latencyMs, Map<String, Long> sources) {

		static Kind of(ProbeKind kind, ProbeTotals totals, List<Call> calls) {
			Duration interval = totals.meanInterval();
			Map<String, Double> percentiles = new LinkedHashMap<>();
			Arrays.stream(new int[] { 50, 90, 99 })
				.forEach((percent) -> percentiles.put("p" + percent,
						millis(ProbeHistory.percentile(calls, kind, percent / 100.0))));
			return new Kind(totals.count(), totals.failures(), totals.lastSeen(),
					(interval != null) ? millis(interval) : null, millis(totals.longestGap()), percentiles,
					totals.sources());
		}

	}

	@JsonInclude(Include.NON_NULL)
	record Probe(Instant time, String probe, @Nullable String source, String request, int status, boolean failed,
			double latencyMs) {

		static Probe of(Call call) {
			return new Probe(call.time(), call.attribution().probe().label(), call.remoteAddress(), call.requestLine(),
					call.status(), call.failed(), millis(call.latency()));
		}

	}

}
