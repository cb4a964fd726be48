package io.pyserver.lab.cluster;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.ProbeEvidence.LatencyHistogram;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;

/** What kubelets publish about their probes at {@code /metrics/probes}. */
public final class ProbeMetrics {

	/** All experiments share a reading for this long. */
	private static final Duration FRESH = Duration.ofMillis(700);

	/** The lab does not repeat a request that gets one of these statuses. */
	private static final Set<Integer> REFUSED = Set.of(401, 403, 404, 405);

	private final Function<String, @Nullable String> kubelets;

	private final Map<String, NodeMetrics> nodes = new ConcurrentHashMap<>();

	private final Map<String, String> refusals = new ConcurrentHashMap<>();

	/**
	 * Creates the object, and reads nothing.
	 * @param kubelets returns the answer of a kubelet by the name of its node; null if it
	 * has no such page
	 */
	ProbeMetrics(Function<String, @Nullable String> kubelets) {
		this.kubelets = kubelets;
	}

	/** The user needs the permission {@code get nodes/proxy}. */
	public static ProbeMetrics throughApiServer(KubernetesClient client) {
		return new ProbeMetrics((node) -> client.raw("/api/v1/nodes/%s/proxy/metrics/probes".formatted(node)));
	}

	/**
	 * Reads a node for the first time. It tries again if the kubelet does not answer yet.
	 * A node that never answers is not read later.
	 */
	public void open(String node) {
		this.refusals.put(node, "node %s: no answer within %d s".formatted(node, Limits.ALL.accepted().toSeconds()));
		Condition.holdsWithin(Limits.ALL.accepted(), () -> {
			try {
				read(node, Instant.now());
				return true;
			}
			catch (KubernetesClientException ex) {
				if (!(ex.getCause() instanceof InterruptedIOException)) {
					this.refusals.put(node, "node %s: %s".formatted(node, LabException.oneLine(LabException.said(ex))));
				}
				return REFUSED.contains(ex.getCode());
			}
		});
	}

	/** Why a node is not read; empty if it is read. */
	public Optional<String> refusal(String node) {
		return Optional.ofNullable(this.refusals.get(node));
	}

	/** Reads a node, or returns what another experiment has just read. */
	public Reading read(String node) {
		return read(node, Instant.now().minus(FRESH));
	}

	/**
	 * Reads a node, unless it was read at this point in time or later.
	 * @throws KubernetesClientException if the kubelet does not answer
	 * @throws IllegalStateException if all attempts together take too long
	 */
	public Reading read(String node, Instant notBefore) {
		return this.nodes.computeIfAbsent(node, NodeMetrics::new).read(notBefore);
	}

	/** The metrics of a node; callers at the same time share one reading. */
	private final class NodeMetrics {

		private final String node;

		private @Nullable Reading latest;

		private Instant asked = Instant.MIN;

		private NodeMetrics(String node) {
			this.node = node;
		}

		private synchronized Reading read(Instant notBefore) {
			if (this.latest != null && !this.asked.isBefore(notBefore)) {
				return this.latest;
			}
			Instant now = Instant.now();
			String text = SideBySide.within(Limits.ALL.request(), "Reading the probes of node " + this.node,
					() -> ProbeMetrics.this.kubelets.apply(this.node));
			if (text == null) {
				throw new KubernetesClientException("its kubelet has no /metrics/probes", 404, null);
			}
			ProbeMetrics.this.refusals.remove(this.node);
			this.asked = now;
			this.latest = Reading.parse(Instant.now(), text);
			return this.latest;
		}

	}

	/**
	 * A kubelet's metrics of its probes at a point in time. The format is Prometheus'
	 * text format. Prometheus' library for Java writes it, but does not read it.
	 *
	 * @param at when the answer was complete, by the lab's clock
	 * @param values the values of the container under test, by the result of a counter or
	 * the upper bound of a bucket
	 */
	public record Reading(Instant at, Map<Series, Map<String, Double>> values) {

		private static final String TOTAL = "prober_probe_total";

		private static final String BUCKET = "prober_probe_duration_seconds_bucket";

		private static final Pattern LINE = Pattern.compile("^(" + TOTAL + "|" + BUCKET + ")\\{(.*)} (\\S+)(?: \\d+)?$",
				Pattern.MULTILINE);

		private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

		/** Parses an answer. Ignores metrics that are not about probes. */
		static Reading parse(Instant at, String text) {
			Map<Series, Map<String, Double>> values = new HashMap<>();
			LINE.matcher(text).results().forEach((line) -> {
				Map<String, String> labels = new HashMap<>();
				LABEL.matcher(line.group(2)).results().forEach((label) -> labels.put(label.group(1), label.group(2)));
				if (ContainerUnderTest.NAME.equals(labels.get("container"))) {
					Series series = new Series(line.group(1), labels.get("namespace"), labels.get("pod"),
							labels.getOrDefault("probe_type", "").toLowerCase(Locale.ROOT));
					String value = labels.getOrDefault(series.metric().equals(TOTAL) ? "result" : "le", "");
					values.computeIfAbsent(series, (_) -> new HashMap<>())
						.merge(value, Double.valueOf(line.group(3)), Double::sum);
				}
			});
			return new Reading(at, values);
		}

		private Map<String, Double> values(String metric, String namespace, String pod, Kind kind) {
			return this.values.getOrDefault(new Series(metric, namespace, pod, kind.label()), Map.of());
		}

		/** How many probes of a kind the container under test had; zero at first. */
		public ProbeCount count(String namespace, String pod, Kind kind) {
			Map<String, Double> results = values(TOTAL, namespace, pod, kind);
			return new ProbeCount(this.at, results.getOrDefault("successful", 0.0).longValue(),
					results.getOrDefault("failed", 0.0).longValue(), results.getOrDefault("unknown", 0.0).longValue());
		}

		/** How long the successful probes took. */
		public LatencyHistogram latencies(String namespace, String pod, Kind kind) {
			TreeMap<Double, Long> buckets = new TreeMap<>();
			values(BUCKET, namespace, pod, kind).forEach((bound, value) -> buckets
				.put(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.valueOf(bound), value.longValue()));
			return new LatencyHistogram(buckets);
		}

		/**
		 * The lines of a metric that have the same labels, apart from the result or the
		 * upper bound.
		 *
		 * @param kind the kind of the probe, in lower case
		 */
		private record Series(String metric, @Nullable String namespace, @Nullable String pod, String kind) {
		}

	}

}
