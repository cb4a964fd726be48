package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Cell.Kind;
import io.pyserver.lab.evidence.LatencyHistogram.Latency;
import io.pyserver.lab.evidence.LatencyHistogram;
import io.pyserver.lab.evidence.ProbeCounts.ProbeCount;

/** The counts of a pod's probes through an experiment, in the order of time. */
final class ProbeReadings {

	private final Map<Kind, List<ProbeCount>> counts = new EnumMap<>(Kind.class);

	private final Map<Kind, NavigableMap<Instant, LatencyHistogram>> latencies = new EnumMap<>(Kind.class);

	/** Adds one, unless it is no news. */
	synchronized void add(Kind kind, ProbeCount count) {
		List<ProbeCount> known = this.counts.computeIfAbsent(kind, (_) -> new ArrayList<>());
		if (known.isEmpty() || known.getLast().at().isBefore(count.at())) {
			known.add(count);
		}
	}

	/** Adds how long all probes took until now, if there was one. */
	synchronized void add(Kind kind, Instant at, LatencyHistogram latencies) {
		if (!latencies.buckets().isEmpty()) {
			this.latencies.computeIfAbsent(kind, (_) -> new TreeMap<>()).put(at, latencies);
		}
	}

	/** All counts of a kind so far. */
	synchronized List<ProbeCount> counts(Kind kind) {
		return List.copyOf(this.counts.getOrDefault(kind, List.of()));
	}

	/** What came between the first reading after a point in time and the latest one. */
	ProbeCount since(Kind kind, Instant start) {
		return ProbeCount.between(after(kind, start));
	}

	/** When the first failed probe after a point in time was counted. */
	Optional<Instant> firstFailure(Kind kind, Instant start) {
		return ProbeCount.steps(after(kind, start))
			.stream()
			.filter((step) -> step.failed() > 0)
			.map(ProbeCount::at)
			.findFirst();
	}

	private List<ProbeCount> after(Kind kind, Instant start) {
		return counts(kind).stream().filter((count) -> count.at().isAfter(start)).toList();
	}

	/** How long the probes took that came between two steps of the experiment. */
	@Nullable Latency latency(Kind kind, Instant from, Instant to) {
		return until(kind, to).since(until(kind, from)).latency();
	}

	private synchronized LatencyHistogram until(Kind kind, Instant moment) {
		var known = this.latencies.getOrDefault(kind, Collections.emptyNavigableMap()).floorEntry(moment);
		return (known != null) ? known.getValue() : LatencyHistogram.EMPTY;
	}

}
