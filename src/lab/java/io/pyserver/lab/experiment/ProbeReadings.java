package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.ProbeEvidence.LatencyHistogram;
import io.pyserver.lab.evidence.ProbeEvidence.Latency;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;

/**
 * The counts of one kind of probe of a pod, as they were read during an experiment.
 * Several threads may use it at the same time.
 */
final class ProbeReadings {

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
