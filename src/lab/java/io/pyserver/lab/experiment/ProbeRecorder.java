package io.pyserver.lab.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.client.KubernetesClientException;

import io.pyserver.lab.cluster.KubeletEvents;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.cluster.ProbeMetrics;
import io.pyserver.lab.cluster.ProbeMetricsReading;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.LatencyHistogram;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;
import io.pyserver.lab.evidence.ProbeCounts.Source;
import io.pyserver.lab.evidence.ProbeEvidence.SeenProbe;

/**
 * Counts the probes of an experiment's pods, once a second and whenever it is told to: by
 * their kubelets' own count where that may be read, and else by log and events. A node
 * that does not answer holds up no other.
 */
final class ProbeRecorder implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final PodGroup group;

	private final LogBook logs;

	private final Map<String, List<Probed>> pods;

	private final Map<Probed, Map<Kind, List<Reading>>> readings = new ConcurrentHashMap<>();

	private final List<Thread> threads = new ArrayList<>();

	ProbeRecorder(PodGroup group, LogBook logs, Collection<Probed> pods) {
		this.group = group;
		this.logs = logs;
		this.pods = pods.stream().collect(Collectors.groupingBy(Probed::node));
		pods.forEach((pod) -> {
			Map<Kind, List<Reading>> kinds = new EnumMap<>(Kind.class);
			List.of(Kind.values()).forEach((kind) -> kinds.put(kind, new CopyOnWriteArrayList<>()));
			this.readings.put(pod, kinds);
		});
	}

	/** Reads for the first time, and from now on. */
	void start() {
		readNow();
		this.pods.keySet()
			.forEach((node) -> this.threads.add(Thread.ofVirtual().name("probes-" + node).start(() -> read(node))));
	}

	private void read(String node) {
		try {
			while (!Thread.interrupted()) {
				Thread.sleep(INTERVAL);
				tryToRead(node, false);
			}
		}
		catch (InterruptedException ex) {
			// It is closed.
		}
	}

	/** Reads each node once, now, and waits no longer for one that does not answer. */
	void readNow() {
		List<Thread> reading = this.pods.keySet()
			.stream()
			.map((node) -> Thread.startVirtualThread(() -> tryToRead(node, true)))
			.toList();
		Instant limit = Instant.now().plus(Limits.ALL.reading());
		try {
			for (Thread each : reading) {
				Duration left = Duration.between(Instant.now(), limit);
				each.join(left.isPositive() ? left : Duration.ofMillis(1));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while probes were counted", ex);
		}
	}

	/** What cannot be read now is a gap, which the verdict finds if it matters. */
	private void tryToRead(String node, boolean now) {
		try {
			if (source(node) == Source.KUBELET) {
				ProbeMetrics metrics = this.group.cluster().run().metrics();
				ProbeMetricsReading reading = now ? metrics.read(node, Instant.now()) : metrics.read(node);
				this.pods.get(node).forEach((pod) -> add(pod, reading, now));
			}
			else {
				this.pods.get(node).forEach(this::addFromLogAndEvents);
			}
		}
		catch (KubernetesClientException | IllegalStateException ex) {
			// The next reading is due in a second.
		}
	}

	/** Latencies are asked for at the steps alone, and need more memory than counts. */
	private void add(Probed pod, ProbeMetricsReading reading, boolean withLatencies) {
		for (Kind kind : Kind.values()) {
			add(pod, kind, new Reading(reading.count(this.group.namespace(), pod.name(), kind), withLatencies
					? reading.latencies(this.group.namespace(), pod.name(), kind) : LatencyHistogram.EMPTY));
		}
	}

	private void addFromLogAndEvents(Probed pod) {
		this.logs.read(pod.name());
		KubeletEvents events = this.group.events().of(pod.name());
		Instant now = Instant.now();
		for (Kind kind : Kind.values()) {
			long answered = this.logs.whole(pod)
				.probes(pod.mechanism(), kind)
				.stream()
				.filter(SeenProbe::answered)
				.count();
			add(pod, kind, new Reading(new ProbeCount(now, answered, events.unhealthy(kind).count(), 0),
					LatencyHistogram.EMPTY));
		}
	}

	private void add(Probed pod, Kind kind, Reading reading) {
		List<Reading> known = this.readings.get(pod).get(kind);
		synchronized (known) {
			if (!known.isEmpty() && known.getLast().at().equals(reading.at()) && reading.hasLatencies()) {
				known.removeLast();
			}
			if (known.isEmpty() || known.getLast().at().isBefore(reading.at())) {
				known.add(reading);
			}
		}
	}

	/** Who counts the probes of a node's pods. */
	Source source(String node) {
		return this.group.cluster().run().metrics().refusal(node).isEmpty() ? Source.KUBELET : Source.LOG_AND_EVENTS;
	}

	/** All counts of a pod's probes so far, in the order of time. */
	List<ProbeCount> counts(Probed pod, Kind kind) {
		return this.readings.get(pod).get(kind).stream().map(Reading::count).toList();
	}

	/** What came between the first reading after a moment and the latest one. */
	ProbeCount since(Probed pod, Kind kind, Instant moment) {
		return ProbeCount.between(after(pod, kind, moment));
	}

	/** When the first failed probe after a moment was counted. */
	Optional<Instant> firstFailure(Probed pod, Kind kind, Instant moment) {
		return ProbeCount.steps(after(pod, kind, moment))
			.stream()
			.filter((step) -> step.failed() > 0)
			.map(ProbeCount::at)
			.findFirst();
	}

	private List<ProbeCount> after(Probed pod, Kind kind, Instant moment) {
		return counts(pod, kind).stream().filter((count) -> count.at().isAfter(moment)).toList();
	}

	/** How long a pod's probes took that came between two steps of the experiment. */
	LatencyHistogram latencies(Probed pod, Kind kind, Instant from, Instant to) {
		return latencies(pod, kind, to).since(latencies(pod, kind, from));
	}

	private LatencyHistogram latencies(Probed pod, Kind kind, Instant moment) {
		return this.readings.get(pod)
			.get(kind)
			.stream()
			.filter((reading) -> !reading.at().isAfter(moment) && reading.hasLatencies())
			.reduce((_, later) -> later)
			.map(Reading::latencies)
			.orElse(LatencyHistogram.EMPTY);
	}

	@Override
	public void close() {
		this.threads.forEach(Thread::interrupt);
	}

	/** What was read at a moment. */
	private record Reading(ProbeCount count, LatencyHistogram latencies) {

		Instant at() {
			return this.count.at();
		}

		boolean hasLatencies() {
			return !this.latencies.buckets().isEmpty();
		}

	}

}
