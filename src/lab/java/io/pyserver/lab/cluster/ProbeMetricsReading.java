package io.pyserver.lab.cluster;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.ProbeEvidence.LatencyHistogram;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;

/**
 * A kubelet's metrics of its probes at a point in time. The format is Prometheus' text
 * format. Prometheus' library for Java writes it, but does not read it.
 *
 * @param at when the answer was complete, by the lab's clock
 * @param values the value of each line, by its metric and labels
 */
public record ProbeMetricsReading(Instant at, Map<Series, Double> values) {

	private static final Pattern LINE = Pattern.compile("^(prober_probe_\\w+)\\{(.*)} (\\S+)(?: \\d+)?$",
			Pattern.MULTILINE);

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

	private static final String TOTAL = "prober_probe_total";

	private static final String BUCKET = "prober_probe_duration_seconds_bucket";

	/** Parses an answer. Ignores metrics that are not about probes. */
	static ProbeMetricsReading parse(Instant at, String text) {
		Map<Series, Double> values = new HashMap<>();
		LINE.matcher(text)
			.results()
			.filter((line) -> line.group(1).equals(TOTAL) || line.group(1).equals(BUCKET))
			.forEach((line) -> values.merge(series(line), Double.valueOf(line.group(3)), Double::sum));
		return new ProbeMetricsReading(at, Map.copyOf(values));
	}

	private static Series series(MatchResult line) {
		Map<String, String> labels = new HashMap<>();
		Matcher label = LABEL.matcher(line.group(2));
		while (label.find()) {
			labels.put(label.group(1), label.group(2));
		}
		return new Series(line.group(1), labels.getOrDefault("namespace", ""), labels.getOrDefault("pod", ""),
				labels.getOrDefault("container", ""), labels.getOrDefault("probe_type", "").toLowerCase(Locale.ROOT),
				labels.getOrDefault(line.group(1).equals(TOTAL) ? "result" : "le", ""));
	}

	/** How many probes of a kind the container under test had; zero at first. */
	public ProbeCount count(String namespace, String pod, Kind kind) {
		return new ProbeCount(this.at, total(namespace, pod, kind, "successful"), total(namespace, pod, kind, "failed"),
				total(namespace, pod, kind, "unknown"));
	}

	private long total(String namespace, String pod, Kind kind, String result) {
		Series series = new Series(TOTAL, namespace, pod, ContainerUnderTest.NAME, kind.label(), result);
		return this.values.getOrDefault(series, 0.0).longValue();
	}

	/** How long the successful probes took. */
	public LatencyHistogram latencies(String namespace, String pod, Kind kind) {
		TreeMap<Double, Long> buckets = new TreeMap<>();
		this.values.forEach((series, value) -> {
			if (series
				.equals(new Series(BUCKET, namespace, pod, ContainerUnderTest.NAME, kind.label(), series.value()))) {
				buckets.put(bound(series.value()), value.longValue());
			}
		});
		return new LatencyHistogram(buckets);
	}

	private static double bound(String text) {
		return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
	}

	/**
	 * The metric and the labels of a line.
	 *
	 * @param kind the kind of the probe, in lower case
	 * @param value the result of a counter, or the upper bound of a bucket
	 */
	private record Series(String metric, String namespace, String pod, String container, String kind, String value) {
	}

}
