package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.ProbeMetrics;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.ProbeEvidence.LatencyHistogram;
import io.pyserver.lab.evidence.ProbeEvidence.Latency;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts.Source;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * Counts the probes of an experiment's pods once a second, and also at each step. It uses
 * the kubelet's own counts if the lab may read them, and else log lines and events. Each
 * node has a thread of its own, so that no node waits for another one.
 */
final class ProbeRecorder implements AutoCloseable {

	private final Collection<List<PodUnderTest>> podsByNode;

	private final ScheduledExecutorService intervals;

	private final ExecutorService steps = Executors.newVirtualThreadPerTaskExecutor();

	ProbeRecorder(Collection<PodUnderTest> pods) {
		this.podsByNode = pods.stream().collect(Collectors.groupingBy(PodUnderTest::node)).values();
		this.intervals = Executors.newScheduledThreadPool(this.podsByNode.size(), Thread.ofVirtual().factory());
	}

	/** Reads now, and once a second from now on. */
	void start() {
		readNow();
		this.podsByNode.forEach(
				(pods) -> this.intervals.scheduleWithFixedDelay(() -> tryToRead(pods, false), 1, 1, TimeUnit.SECONDS));
	}

	/** Reads each node once. A node that does not answer in time is left out. */
	void readNow() {
		try {
			this.steps.invokeAll(
					this.podsByNode.stream().map((pods) -> Executors.callable(() -> tryToRead(pods, true))).toList(),
					Limits.ALL.reading().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while probes were counted", ex);
		}
	}

	private static void tryToRead(List<PodUnderTest> pods, boolean atStep) {
		if (pods.getFirst().countedBy() == Source.KUBELET) {
			tryTo(() -> addFromKubelet(pods, atStep));
		}
		else {
			pods.forEach((pod) -> tryTo(() -> addFromLogAndEvents(pod)));
		}
	}

	/** A reading that fails leaves a gap. If the gap matters, the verdict names it. */
	private static void tryTo(Runnable reading) {
		try {
			reading.run();
		}
		catch (KubernetesClientException | IllegalStateException ex) {
			// The next reading is due in a second.
		}
	}

	/** Adds latencies at the steps only, because they take more memory than counts. */
	private static void addFromKubelet(List<PodUnderTest> pods, boolean atStep) {
		String node = pods.getFirst().node().name();
		ProbeMetrics metrics = pods.getFirst().group().cluster().run().metrics();
		ProbeMetrics.Reading reading = atStep ? metrics.read(node, Instant.now()) : metrics.read(node);
		for (PodUnderTest pod : pods) {
			String namespace = pod.group().namespace();
			for (Kind kind : Kind.values()) {
				pod.probes(kind).add(reading.count(namespace, pod.name(), kind));
				if (atStep) {
					pod.probes(kind).add(reading.at(), reading.latencies(namespace, pod.name(), kind));
				}
			}
		}
	}

	private static void addFromLogAndEvents(PodUnderTest pod) {
		ProbeLog log = pod.log();
		log.read();
		KubeletEvents events = pod.events();
		Instant now = Instant.now();
		for (Kind kind : Kind.values()) {
			long answered = log.probes(pod.mechanism(), kind).stream().filter(SeenProbe::answered).count();
			pod.probes(kind).add(new ProbeCount(now, answered, events.unhealthy(kind).count(), 0));
		}
	}

	@Override
	public void close() {
		this.intervals.shutdownNow();
		this.steps.shutdownNow();
	}

	/**
	 * The counts of one kind of probe of a pod, as they were read during an experiment.
	 * Several threads may use it at the same time.
	 */
	static final class Readings {

		private final NavigableMap<Instant, ProbeCount> counts = new ConcurrentSkipListMap<>();

		private final NavigableMap<Instant, LatencyHistogram> latencies = new ConcurrentSkipListMap<>();

		void add(ProbeCount count) {
			this.counts.put(count.at(), count);
		}

		/** Adds how long all probes took until a moment. Ignores an empty histogram. */
		void add(Instant at, LatencyHistogram latencies) {
			if (!latencies.buckets().isEmpty()) {
				this.latencies.put(at, latencies);
			}
		}

		/** All counts so far, in the order of time. */
		List<ProbeCount> counts() {
			return List.copyOf(this.counts.values());
		}

		/** The probes between the first reading after a moment and the latest reading. */
		ProbeCount since(Instant start) {
			return ProbeCount.between(after(start));
		}

		/** When the first failed probe after a moment was counted. */
		Optional<Instant> firstFailure(Instant start) {
			return ProbeCount.steps(after(start))
				.stream()
				.filter((step) -> step.failed() > 0)
				.map(ProbeCount::at)
				.findFirst();
		}

		private List<ProbeCount> after(Instant start) {
			return List.copyOf(this.counts.tailMap(start, false).values());
		}

		/** How long the probes between two steps of the experiment took. */
		@Nullable Latency latency(Instant from, Instant to) {
			return latencies(to).since(latencies(from)).latency();
		}

		private LatencyHistogram latencies(Instant moment) {
			var known = this.latencies.floorEntry(moment);
			return (known != null) ? known.getValue() : LatencyHistogram.EMPTY;
		}

	}

}
