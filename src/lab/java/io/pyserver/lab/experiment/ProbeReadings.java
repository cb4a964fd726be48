package io.pyserver.lab.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.evidence.Latency;
import io.pyserver.lab.evidence.LatencyHistogram;
import io.pyserver.lab.evidence.ProbeCount;

/** The counts of a pod's probes through an experiment, in the order of time. */
final class ProbeReadings {

	private final Map<Kind, List<Reading>> readings = new EnumMap<>(Kind.class);

	ProbeReadings() {
		List.of(Kind.values()).forEach((kind) -> this.readings.put(kind, new ArrayList<>()));
	}

	/** Adds one, unless it is no news. One with latencies replaces the same without. */
	synchronized void add(Kind kind, ProbeCount count, LatencyHistogram latencies) {
		List<Reading> known = this.readings.get(kind);
		Reading reading = new Reading(count, latencies);
		if (!known.isEmpty() && known.getLast().at().equals(reading.at()) && reading.hasLatencies()) {
			known.removeLast();
		}
		if (known.isEmpty() || known.getLast().at().isBefore(reading.at())) {
			known.add(reading);
		}
	}

	/** All counts of a kind so far. */
	synchronized List<ProbeCount> counts(Kind kind) {
		return this.readings.get(kind).stream().map(Reading::count).toList();
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
		return latencies(kind, to).since(latencies(kind, from)).latency();
	}

	private synchronized LatencyHistogram latencies(Kind kind, Instant until) {
		return this.readings.get(kind)
			.stream()
			.filter((reading) -> !reading.at().isAfter(until) && reading.hasLatencies())
			.reduce((_, later) -> later)
			.map(Reading::latencies)
			.orElse(LatencyHistogram.EMPTY);
	}

	private record Reading(ProbeCount count, LatencyHistogram latencies) {

		Instant at() {
			return this.count.at();
		}

		boolean hasLatencies() {
			return !this.latencies.buckets().isEmpty();
		}

	}

}
