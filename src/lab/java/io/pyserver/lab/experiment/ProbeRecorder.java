package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.KubernetesClientException;

import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.ProbeMetrics;
import io.pyserver.lab.cluster.ProbeMetricsReading;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * Counts the probes of an experiment's pods, once a second and whenever it is told to: by
 * their kubelets' own count where that may be read, and else by log and events. A node
 * that does not answer holds up no other.
 */
final class ProbeRecorder implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final PodGroup group;

	private final Map<String, List<PodUnderTest>> pods;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	ProbeRecorder(PodGroup group, Collection<PodUnderTest> pods) {
		this.group = group;
		this.pods = pods.stream().collect(Collectors.groupingBy((pod) -> pod.node().name()));
	}

	/** Reads for the first time, and from now on. */
	void start() {
		readNow();
		this.pods.keySet().forEach((node) -> this.threads.submit(() -> readOften(node)));
	}

	private Void readOften(String node) throws InterruptedException {
		while (true) {
			Thread.sleep(INTERVAL);
			tryToRead(node, false);
		}
	}

	/** Reads each node once, now, and waits no longer for one that does not answer. */
	void readNow() {
		try {
			this.threads.invokeAll(
					this.pods.keySet().stream().map((node) -> Executors.callable(() -> tryToRead(node, true))).toList(),
					Limits.ALL.reading().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while probes were counted", ex);
		}
	}

	/** What cannot be read now is a gap, which the verdict finds if it matters. */
	private void tryToRead(String node, boolean now) {
		try {
			ProbeMetrics metrics = this.group.cluster().run().metrics();
			if (source(this.group, node) == ProbeCounts.Source.KUBELET) {
				ProbeMetricsReading reading = now ? metrics.read(node, Instant.now()) : metrics.read(node);
				this.pods.get(node).forEach((pod) -> add(pod, reading, now));
			}
			else {
				this.pods.get(node).forEach(ProbeRecorder::addFromLogAndEvents);
			}
		}
		catch (KubernetesClientException | IllegalStateException ex) {
			// The next reading is due in a second.
		}
	}

	/** Latencies are asked for at the steps alone, and need more memory than counts. */
	private void add(PodUnderTest pod, ProbeMetricsReading reading, boolean withLatencies) {
		String namespace = this.group.namespace();
		for (Kind kind : Kind.values()) {
			pod.probes().add(kind, reading.count(namespace, pod.name(), kind));
			if (withLatencies) {
				pod.probes().add(kind, reading.at(), reading.latencies(namespace, pod.name(), kind));
			}
		}
	}

	private static void addFromLogAndEvents(PodUnderTest pod) {
		pod.readLog();
		ProbeLog log = pod.log();
		KubeletEvents events = pod.events();
		Instant now = Instant.now();
		for (Kind kind : Kind.values()) {
			long answered = log.probes(pod.mechanism(), kind).stream().filter(SeenProbe::answered).count();
			pod.probes().add(kind, new ProbeCount(now, answered, events.unhealthy(kind).count(), 0));
		}
	}

	/** Who counts the probes of a node's pods. */
	static ProbeCounts.Source source(PodGroup group, String node) {
		return group.cluster().run().metrics().refusal(node).isEmpty() ? ProbeCounts.Source.KUBELET
				: ProbeCounts.Source.LOG_AND_EVENTS;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
