package io.pyserver.lab.cluster;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

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
	static ProbeMetrics throughApiServer(KubernetesClient client) {
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
	public ProbeMetricsReading read(String node) {
		return read(node, Instant.now().minus(FRESH));
	}

	/**
	 * Reads a node, unless it was read at this point in time or later.
	 * @throws KubernetesClientException if the kubelet does not answer
	 */
	public ProbeMetricsReading read(String node, Instant notBefore) {
		return this.nodes.computeIfAbsent(node, NodeMetrics::new).read(notBefore);
	}

	/** The metrics of a node; callers at the same time share one reading. */
	private final class NodeMetrics {

		private final String node;

		private @Nullable ProbeMetricsReading latest;

		private Instant asked = Instant.MIN;

		private NodeMetrics(String node) {
			this.node = node;
		}

		private synchronized ProbeMetricsReading read(Instant notBefore) {
			if (this.latest != null && !this.asked.isBefore(notBefore)) {
				return this.latest;
			}
			Instant now = Instant.now();
			String text = ProbeMetrics.this.kubelets.apply(this.node);
			if (text == null) {
				throw new KubernetesClientException("its kubelet has no /metrics/probes", 404, null);
			}
			ProbeMetrics.this.refusals.remove(this.node);
			this.asked = now;
			this.latest = ProbeMetricsReading.parse(Instant.now(), text);
			return this.latest;
		}

	}

}
