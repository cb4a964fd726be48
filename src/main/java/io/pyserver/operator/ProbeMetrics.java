package io.pyserver.operator;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

import io.pyserver.accesslog.LogQueue;
import io.pyserver.connection.ConnectionCounts;
import io.pyserver.probe.ProbeHistory;
import io.pyserver.probe.ProbeKind;
import io.pyserver.probe.ProbeTotals;

/**
 * Publishes the probe history as metrics. They are computed when they are scraped, so
 * they cost a request nothing.
 */
@Component
final class ProbeMetrics implements MeterBinder {

	private final ProbeHistory history;

	private final LogQueue queue;

	private final ConnectionCounts connections;

	ProbeMetrics(ProbeHistory history, LogQueue queue, ConnectionCounts connections) {
		this.history = history;
		this.queue = queue;
		this.connections = connections;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		EnumSet.complementOf(EnumSet.of(ProbeKind.NONE)).forEach((kind) -> bind(registry, kind));
		FunctionCounter.builder("pyserver.log.dropped", this.queue, LogQueue::lost)
			.description("Lines of the log that were lost")
			.register(registry);
		FunctionCounter.builder("pyserver.connections.shed", this.connections, ConnectionCounts::shed)
			.description("Connections that were closed on arrival because a limit was reached")
			.register(registry);
		FunctionCounter.builder("pyserver.connections.ended", this.connections, ConnectionCounts::evicted)
			.description("Connections that were evicted to make room for another")
			.register(registry);
	}

	private void bind(MeterRegistry registry, ProbeKind kind) {
		FunctionCounter
			.builder("pyserver.probes", this.history,
					(history) -> history.totals(kind).count() - history.totals(kind).failures())
			.description("Probes that were answered")
			.tags("probe", kind.label(), "outcome", "success")
			.register(registry);
		FunctionCounter.builder("pyserver.probes", this.history, (history) -> history.totals(kind).failures())
			.description("Probes that were answered")
			.tags("probe", kind.label(), "outcome", "failure")
			.register(registry);
		FunctionTimer
			.builder("pyserver.probe.latency", this.history, (history) -> history.totals(kind).count(),
					(history) -> history.totals(kind).latency().toNanos(), TimeUnit.NANOSECONDS)
			.description("How long answers to probes took")
			.tag("probe", kind.label())
			.register(registry);
		for (double quantile : new double[] { 0.5, 0.9, 0.99 }) {
			TimeGauge
				.builder("pyserver.probe.latency.quantile", this.history, TimeUnit.NANOSECONDS,
						(history) -> ProbeHistory.percentile(history.calls(), kind, quantile).toNanos())
				.description("The latency that this share of the remembered probes did not exceed")
				.tags("probe", kind.label(), "quantile", String.valueOf(quantile))
				.register(registry);
		}
		TimeGauge
			.builder("pyserver.probe.longest.gap", this.history, TimeUnit.NANOSECONDS,
					(history) -> history.totals(kind).longestGap().toNanos())
			.description("The longest time between one probe and the next")
			.tag("probe", kind.label())
			.register(registry);
		TimeGauge
			.builder("pyserver.probe.last.seen", this.history, TimeUnit.MILLISECONDS,
					(history) -> epochMillis(history.totals(kind)))
			.description("When the last probe was answered, since the epoch")
			.tag("probe", kind.label())
			.register(registry);
	}

	private static double epochMillis(ProbeTotals totals) {
		return (totals.lastSeen() != null) ? totals.lastSeen().toEpochMilli() : Double.NaN;
	}

}
