package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.KubernetesClientException;

import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.ProbeMetrics;
import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts.Source;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * Counts the probes of an experiment's pods once a second, and also at each step. It uses
 * the kubelet's own counts if the lab may read them, and else log lines and events. Each
 * node has a thread of its own, so that no node waits for another one.
 */
final class ProbeRecorder implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final Collection<List<PodUnderTest>> podsByNode;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	ProbeRecorder(Collection<PodUnderTest> pods) {
		this.podsByNode = pods.stream().collect(Collectors.groupingBy(PodUnderTest::node)).values();
	}

	/** Reads now, and once a second from now on. */
	void start() {
		readNow();
		this.podsByNode.forEach((pods) -> this.threads.submit(() -> readForever(pods)));
	}

	private Void readForever(List<PodUnderTest> pods) throws InterruptedException {
		while (true) {
			Thread.sleep(INTERVAL);
			tryToRead(pods, false);
		}
	}

	/** Reads each node once. A node that does not answer in time is left out. */
	void readNow() {
		try {
			this.threads.invokeAll(
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
		PodGroup group = pods.getFirst().group();
		String node = pods.getFirst().node().name();
		ProbeMetrics metrics = group.cluster().run().metrics();
		ProbeMetrics.Reading reading = atStep ? metrics.read(node, Instant.now()) : metrics.read(node);
		for (PodUnderTest pod : pods) {
			for (Kind kind : Kind.values()) {
				pod.probes(kind).add(reading.count(group.namespace(), pod.name(), kind));
				if (atStep) {
					pod.probes(kind).add(reading.at(), reading.latencies(group.namespace(), pod.name(), kind));
				}
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
			pod.probes(kind).add(new ProbeCount(now, answered, events.unhealthy(kind).count(), 0));
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
