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

/**
 * What kubelets publish of the probes that they send at {@code /metrics/probes}.
 */
public final class ProbeMetrics {

	/** As long one reading serves all experiments. */
	private static final Duration FRESH = Duration.ofMillis(700);

	/** What no patience helps against. */
	private static final Set<Integer> REFUSED = Set.of(401, 403, 404, 405);

	private final Function<String, @Nullable String> kubelets;

	private final Map<String, NodeMetrics> nodes = new ConcurrentHashMap<>();

	private final Map<String, String> refusals = new ConcurrentHashMap<>();

	/**
	 * Not read yet.
	 * @param kubelets what a node's kubelet answers, by the node's name; null where it
	 * has no such page
	 */
	ProbeMetrics(Function<String, @Nullable String> kubelets) {
		this.kubelets = kubelets;
	}

	/** Needs the right {@code get} on {@code nodes/proxy}. */
	static ProbeMetrics throughApiServer(KubernetesClient client) {
		return new ProbeMetrics((node) -> client.raw("/api/v1/nodes/%s/proxy/metrics/probes".formatted(node)));
	}

	/**
	 * Reads a node's for the first time, again for a while where its kubelet is not there
	 * yet. A node that never answers is not asked again.
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
					this.refusals.put(node, "node %s: %s".formatted(node, LabException.oneLine(Clients.said(ex))));
				}
				return REFUSED.contains(ex.getCode());
			}
		});
	}

	/** Why a node's are not read; empty where they are. */
	public Optional<String> refusal(String node) {
		return Optional.ofNullable(this.refusals.get(node));
	}

	/** Not older than what another experiment has just read. */
	public ProbeMetricsReading read(String node) {
		return read(node, Instant.now().minus(FRESH));
	}

	/**
	 * Read at a moment or later.
	 * @throws KubernetesClientException when they cannot be read now
	 */
	public ProbeMetricsReading read(String node, Instant notBefore) {
		return this.nodes.computeIfAbsent(node, NodeMetrics::new).read(notBefore);
	}

	/** One node's, which those that ask at the same time read once. */
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
